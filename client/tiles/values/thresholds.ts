import type { Threshold } from '../../../shared/domain/board.ts';
import { firstAtOrAfter, type SeriesView } from '../../charts/series-view.ts';
import { formatClock, formatNumber, formatText, type NumberFormat } from '../../live/format.ts';

export function passes(value: number, { when, value: limit }: Threshold): boolean {
  return when === 'above' ? value > limit : value < limit;
}

/** The limit that decides what a tile says: the most severe one passed, of several the one farthest out. */
export function breachOf(
  value: number | undefined,
  thresholds: readonly Threshold[] = [],
): Threshold | undefined {
  if (value === undefined) return undefined;
  return thresholds
    .filter((threshold) => passes(value, threshold))
    .sort((a, b) => rank(b) - rank(a) || depth(value, a) - depth(value, b))[0];
}

function rank(threshold: Threshold): number {
  return threshold.severity === 'critical' ? 1 : 0;
}

/** How far a value is beyond a limit; the limit passed last is the least deep. */
function depth(value: number, threshold: Threshold): number {
  return Math.abs(value - threshold.value);
}

/** What the tile says of a limit that is passed: its own word, else `HIGH` or `LOW`. */
export function wordOf(threshold: Threshold): string {
  return threshold.word ?? (threshold.when === 'above' ? 'HIGH' : 'LOW');
}

/**
 * Since when a value has been beyond a limit without interruption.
 * @returns its time (ms); undefined where it was beyond it all the time in sight
 */
export function breachedSince(
  { times, values }: SeriesView,
  threshold: Threshold,
  from: number,
): number | undefined {
  const start = firstAtOrAfter(times, from);
  let index = values.length - 1;
  while (index >= start && passes(values[index]!, threshold)) index -= 1;
  return index < start ? undefined : times[index + 1];
}

/** A limit as a label: where all values have the same unit, it stands beside the figure already. */
export function limitText(value: number, format: NumberFormat): string {
  const limit = { ...format, decimals: undefined };
  const sameUnit = format.style === undefined || format.style === 'plain' || format.style === 'percent';
  return sameUnit ? formatNumber(value, limit).text : formatText(value, limit);
}

/** What a passed limit says below the value: `over 30` and `since 14:07`, or `for 15 min` where it began out of sight. */
export function breachText(
  view: SeriesView,
  threshold: Threshold,
  window: { from: number; words: string },
  format: NumberFormat,
): { limit: string; since: string } {
  const value = limitText(threshold.value, format);
  const since = breachedSince(view, threshold, window.from);
  return {
    limit: `${threshold.when === 'above' ? 'over' : 'under'} ${value}`,
    since: since === undefined ? `for ${window.words}` : `since ${shortClock(since)}`,
  };
}

/** Seconds are noise in a sentence about minutes, except in the minute that is still running. */
function shortClock(time: number): string {
  return formatClock(time).slice(0, 5);
}
