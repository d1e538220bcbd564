import { formatClock } from '../../live/format.ts';

const DAY_MS = 86_400_000;

/** Since when, as a column has it: `06:02` within a day, then `11 d`. */
export function sinceText(since: number, now: number): string {
  const age = now - since;
  return age < DAY_MS ? formatClock(since).slice(0, 5) : `${Math.floor(age / DAY_MS)} d`;
}
