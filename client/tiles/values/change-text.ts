import { extent, firstAtOrAfter, type SeriesView } from '../../charts/series-view.ts';
import { formatAge, formatNumber, formatText, type NumberFormat } from '../../live/format.ts';

/** When the ups and downs are so much larger than what came of them, the range says more than the difference. */
const NOISE = 3;
/** A series that began later than this part of the window says its own age instead. */
const COVERED = 0.1;

export interface ChangeWindow {
  /** ms. */
  from: number;
  to: number;
  /** `15 min`. */
  words: string;
}

/**
 * The span that a sentence about the newest value speaks of. The charts of a board stop a little before now, and stand
 * still while somebody reads them; the figure does neither, and what is said of it must hold it.
 * @param now server clock (ms)
 */
export function changeWindow(
  { times }: SeriesView,
  now: number,
  { windowMs, windowWords }: { windowMs: number; windowWords: string },
): ChangeWindow {
  const to = Math.max(now, times.at(-1) ?? now);
  return { from: to - windowMs, to, words: windowWords };
}

/** What happened to a value in the window, in a few words: `+2 in 15 min`, `12 to 93 in 15 min`, `steady for 15 min`. */
export function changeText(view: SeriesView, window: ChangeWindow, format: NumberFormat): string {
  const { min, max, count } = extent(view, window.from, window.to);
  if (count < 2) return '';
  const first = firstAtOrAfter(view.times, window.from);
  const last = first + count - 1;
  const began = view.times[first]!;
  const late = began - window.from > COVERED * (window.to - window.from);
  const words = late ? formatAge(roundAge(window.to - began)) : window.words;

  const lowest = formatNumber(min, format);
  const highest = formatNumber(max, format);
  if (lowest.text === highest.text && lowest.unit === highest.unit) return `steady for ${words}`;
  const difference = view.values[last]! - view.values[first]!;
  const change = formatText(difference, format);
  // What would be written as nothing went somewhere in between, or it would be steady.
  if (max - min > NOISE * Math.abs(difference) || !/[1-9]/.test(change)) {
    const low = lowest.unit === highest.unit ? lowest.text : formatText(min, format);
    return `${low} to ${formatText(max, format)} in ${words}`;
  }
  return `${difference > 0 ? '+' : ''}${change} in ${words}`;
}

/** Whole minutes from the first minute on: a sentence that changes every second cannot be read. */
function roundAge(ms: number): number {
  const unit = ms < 60_000 ? 5_000 : 60_000;
  return Math.max(unit, Math.floor(ms / unit) * unit);
}
