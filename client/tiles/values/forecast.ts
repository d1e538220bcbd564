import { firstAtOrAfter, type SeriesView } from '../../charts/series-view.ts';
import { formatAge } from '../../live/format.ts';

/** Fewer points, or a shorter time, are no trend. */
const POINTS_MIN = 20;
const SPAN_MIN_MS = 60_000;
/** How much of the movement a straight line must explain before anybody may rely on it. */
const FIT_MIN = 0.8;
/** Nobody plans by a straight line further ahead than this. */
const HORIZON_MS = 48 * 3_600_000;

/**
 * When a value will reach a limit if it goes on as in the window.
 * @returns ms from the newest point; undefined where it does not go there, or not steadily enough
 */
export function timeToReach(view: SeriesView, from: number, limit: number): number | undefined {
  const { times, values } = view;
  const start = firstAtOrAfter(times, from);
  const count = times.length - start;
  if (count < POINTS_MIN || times[times.length - 1]! - times[start]! < SPAN_MIN_MS) return undefined;
  let [sumT, sumV] = [0, 0];
  for (let index = start; index < times.length; index++) {
    sumT += times[index]! - times[start]!;
    sumV += values[index]!;
  }
  const meanT = sumT / count;
  const meanV = sumV / count;
  let [tt, tv, vv] = [0, 0, 0];
  for (let index = start; index < times.length; index++) {
    const t = times[index]! - times[start]! - meanT;
    const v = values[index]! - meanV;
    tt += t * t;
    tv += t * v;
    vv += v * v;
  }
  if (tt === 0 || vv === 0 || (tv * tv) / (tt * vv) < FIT_MIN) return undefined;
  const left = (limit - values[values.length - 1]!) / (tv / tt);
  return left > 0 && left <= HORIZON_MS ? left : undefined;
}

/** A forecast, no more precise than it is: `about 3 h 40 min`. */
export function forecastText(ms: number): string {
  const minute = 60_000;
  const unit = ms < 10 * minute ? minute : ms < 6 * 60 * minute ? 10 * minute : 60 * minute;
  return `about ${formatAge(Math.max(unit, Math.round(ms / unit) * unit))}`;
}
