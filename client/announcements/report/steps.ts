import type { ReceiptRow } from '../../../shared/domain/announcement.ts';

/** How many people had come so far at each moment: times in ms, rising; the n-th time is that of the n-th person. */
export type Steps = readonly number[];

export interface People {
  delivered: Steps;
  seen: Steps;
  acknowledged: Steps;
}

const times = (rows: readonly ReceiptRow[], key: 'deliveredAt' | 'seenAt' | 'acknowledgedAt'): number[] =>
  rows.flatMap((row) => row[key] ?? []).sort((a, b) => a - b);

export function stepsOf(rows: readonly ReceiptRow[]): People {
  return {
    delivered: times(rows, 'deliveredAt'),
    seen: times(rows, 'seenAt'),
    acknowledged: times(rows, 'acknowledgedAt'),
  };
}

/** When half of those who answered had, in ms; undefined before the second answer. */
export function medianOf(steps: Steps): number | undefined {
  return steps.length < 2 ? undefined : steps[Math.ceil(steps.length / 2) - 1];
}

/** An hour of silence would squeeze the minutes in which something happened: the chart ends soon after the last step. */
const TAIL_MIN_MS = 60_000;
const TAIL_SHARE = 0.25;

/** The right edge of the chart: now, or soon after the last step (ms). */
export function edgeOf({ delivered, seen, acknowledged }: People, from: number, now: number): number {
  const last = Math.max(from, delivered.at(-1) ?? 0, seen.at(-1) ?? 0, acknowledged.at(-1) ?? 0);
  return Math.min(now, last + Math.max(TAIL_MIN_MS, (last - from) * TAIL_SHARE));
}

/** An SVG path of a staircase from `from` on, at `x` and `y` of a time and a count; drawn as steps, never smoothed. */
export function staircase(
  steps: Steps,
  x: (time: number) => number,
  y: (count: number) => number,
  from: number,
  to: number,
): string {
  let path = `M${x(from).toFixed(1)},${y(0).toFixed(1)}`;
  let count = 0;
  for (let i = 0; i < steps.length; i++) {
    const time = steps[i] as number;
    count += 1;
    if (steps[i + 1] === time) continue;
    path += `H${x(Math.min(Math.max(time, from), to)).toFixed(1)}V${y(count).toFixed(1)}`;
  }
  return `${path}H${x(to).toFixed(1)}`;
}

const SECOND = 1_000;
const STRIDES = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400,
].map((seconds) => seconds * SECOND);

/** Round moments between two times, at most `most` of them. */
export function ticksBetween(from: number, to: number, most: number): { at: number[]; stride: number } {
  const span = to - from;
  const day = STRIDES.at(-1) as number;
  const stride = STRIDES.find((one) => span / one <= most) ?? Math.ceil(span / most / day) * day;
  const zone = new Date(from).getTimezoneOffset() * 60_000;
  const at: number[] = [];
  for (let tick = Math.ceil((from - zone) / stride) * stride + zone; tick <= to; tick += stride)
    at.push(tick);
  return { at, stride };
}

/** Round counts for an axis that ends at `top`: 0 and at most four more, none beyond it. */
export function countTicks(top: number): number[] {
  const raw = Math.max(1, top) / 4;
  const size = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * size).find((n) => n >= raw) ?? raw);
  return Array.from({ length: Math.floor(Math.max(1, top) / step) + 1 }, (_, index) => index * step);
}
