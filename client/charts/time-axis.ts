const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 3, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28].map((n) => n * DAY),
];

/** Closer than this, labels of the time axis read as one number. */
const LABEL_SPACE_PX = 84;

/** The smallest usual step of the clock that leaves room for each label. */
export function timeStep(spanMs: number, widthPx: number): number {
  const most = Math.max(1, Math.floor(widthPx / LABEL_SPACE_PX));
  return STEPS.find((step) => spanMs / step <= most) ?? 28 * DAY;
}

/**
 * Ticks on round local times between `from` and `to` (ms). Rounding starts from the local zone,
 * so a tick keeps its place on the clock while the window glides.
 */
export function timeTicks(from: number, to: number, step: number): number[] {
  const zone = new Date(to).getTimezoneOffset() * MINUTE;
  const ticks: number[] = [];
  for (let at = Math.ceil((from - zone) / step) * step + zone; at <= to; at += step) ticks.push(at);
  return ticks;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `14:20`, with seconds where the step is finer than a minute, the date where it is days. */
export function timeLabel(at: number, step: number): string {
  const date = new Date(at);
  if (step >= DAY) return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
  const minutes = `${two(date.getHours())}:${two(date.getMinutes())}`;
  return step < MINUTE ? `${minutes}:${two(date.getSeconds())}` : minutes;
}
