import type { SeriesView } from '../live/series-buffer.ts';

export type { SeriesView };

/** Index of the first time that is not before `time`; the length where all are. */
export function firstAtOrAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the point nearest to `time`, or undefined where there is none. */
export function nearest(times: Float64Array, time: number): number | undefined {
  if (times.length === 0) return undefined;
  const after = firstAtOrAfter(times, time);
  if (after === 0) return 0;
  if (after === times.length) return times.length - 1;
  return time - times[after - 1]! <= times[after]! - time ? after - 1 : after;
}

export interface Extent {
  min: number;
  max: number;
  count: number;
}

/** Lowest and highest value between two times; `min` is above `max` where there is none. */
export function extent(view: SeriesView, from: number, to: number): Extent {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let count = 0;
  const { times, values } = view;
  for (let index = firstAtOrAfter(times, from); index < times.length && times[index]! <= to; index++) {
    const value = values[index]!;
    if (value < min) min = value;
    if (value > max) max = value;
    count += 1;
  }
  return { min, max, count };
}

/** The newest point at or before a time. */
export function lastAt(view: SeriesView, time: number): { time: number; value: number } | undefined {
  let index = firstAtOrAfter(view.times, time);
  if (index >= view.times.length || view.times[index]! > time) index -= 1;
  return index < 0 ? undefined : { time: view.times[index]!, value: view.values[index]! };
}
