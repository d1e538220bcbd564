/** How old a value may look. `unknown`: we are offline, so nobody can tell. `none`: nothing ever came. */
export type Staleness = 'fresh' | 'late' | 'stale' | 'none' | 'unknown';

/** Below a second nobody sees a difference, and timers of hidden pages are no finer. */
const INTERVAL_FLOOR_MS = 1_000;

export interface StalenessInput {
  /** When the newest value came (ms, server clock). */
  lastReceivedAt?: number | undefined;
  /** Declared or learned distance of values. Without one, no expectation can be missed. */
  intervalMs?: number | undefined;
  /** ms, server clock. */
  now: number;
  offline: boolean;
}

/** Fresh up to twice the interval, late up to five times, then stale. */
export function staleness({ lastReceivedAt, intervalMs, now, offline }: StalenessInput): Staleness {
  if (lastReceivedAt === undefined) return offline ? 'unknown' : 'none';
  if (offline) return 'unknown';
  if (intervalMs === undefined) return 'fresh';
  const intervals = (now - lastReceivedAt) / Math.max(intervalMs, INTERVAL_FLOOR_MS);
  if (intervals <= 2) return 'fresh';
  return intervals <= 5 ? 'late' : 'stale';
}

/** Median distance of neighbouring times; undefined below three times. Steps back count as none. */
export function learnedInterval(times: readonly number[]): number | undefined {
  if (times.length < 3) return undefined;
  const distances: number[] = [];
  for (let at = 1; at < times.length; at++) {
    distances.push(Math.max(0, (times[at] as number) - (times[at - 1] as number)));
  }
  distances.sort((a, b) => a - b);
  const middle = distances.length >> 1;
  if (distances.length % 2 === 1) return distances[middle];
  return ((distances[middle - 1] as number) + (distances[middle] as number)) / 2;
}
