import { RECOVERY_MAX_PUBLICATIONS } from '../../../shared/limits.ts';
import type { FeedOptions } from '../../live/types.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The spans a board can show, by what stands in the address: `?win=15m`. */
export const WINDOWS = {
  '5m': { ms: 5 * MINUTE, short: '5 m', words: '5 min' },
  '15m': { ms: 15 * MINUTE, short: '15 m', words: '15 min' },
  '1h': { ms: HOUR, short: '1 h', words: '1 h' },
  '6h': { ms: 6 * HOUR, short: '6 h', words: '6 h' },
  '24h': { ms: 24 * HOUR, short: '24 h', words: '24 h' },
} as const;

export type WindowName = keyof typeof WINDOWS;
export const windowNames = Object.keys(WINDOWS) as WindowName[];
export const DEFAULT_WINDOW: WindowName = '15m';

/** Up to this span every publication is worth having; beyond it there are more than pixels. */
const RAW_UP_TO_MS = 15 * MINUTE;
/** Two for each pixel of a wide chart at most, as the server answers three values for each. */
const POINTS = 720;

export interface BoardSearch {
  win?: WindowName;
}

/** Reads the address; anything but a known window is as if it were absent. */
export function boardSearch(search: Record<string, unknown>): BoardSearch {
  const win = search.win;
  return typeof win === 'string' && win in WINDOWS ? { win: win as WindowName } : {};
}

/** What to ask of each channel of a board, so that its tiles open full. */
export function historyFor(windowMs: number): FeedOptions {
  return windowMs <= RAW_UP_TO_MS
    ? { historyMs: windowMs, limit: RECOVERY_MAX_PUBLICATIONS }
    : { historyMs: windowMs, points: POINTS };
}

/** For what counts by its newest values and has no window of its own. */
export function newest(count: number): FeedOptions {
  return { limit: count };
}
