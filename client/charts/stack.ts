import type { SeriesView } from './series-view.ts';

/**
 * Stacks series on one another: each comes back with the sum of itself and all below it, at the times of all of them.
 * Between its own points a series counts with its last value, before its first one with nothing.
 * Breaks are those of the lowest series: a stack has a hole in all of it or in none.
 */
export function stack(views: readonly SeriesView[]): SeriesView[] {
  const times = union(views.map((view) => view.times));
  const breaks = views[0]?.breaks ?? [];
  const below = new Float64Array(times.length);
  return views.map((view) => {
    const values = new Float64Array(times.length);
    let next = 0;
    let current = 0;
    for (let index = 0; index < times.length; index++) {
      while (next < view.times.length && view.times[next]! <= times[index]!) current = view.values[next++]!;
      below[index] = below[index]! + current;
      values[index] = below[index]!;
    }
    return { times, values, breaks };
  });
}

/** All times of rising lists, each once, rising. One list, or equal ones, are the usual case and stay as they are. */
function union(lists: readonly Float64Array[]): Float64Array {
  const first = lists[0] ?? new Float64Array(0);
  if (lists.every((list) => same(list, first))) return first;
  const all = new Set<number>();
  for (const list of lists) for (const time of list) all.add(time);
  return Float64Array.from(all).sort();
}

function same(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  return a.every((time, index) => time === b[index]);
}
