/**
 * Moves labels apart until none overlaps, each as little as possible from where it wants to be.
 *
 * With the gaps subtracted, "apart" becomes "not descending", and the least-squares answer to that is isotonic
 * regression: neighbours that are out of order are pooled at their mean.
 *
 * @param wanted places along the axis (px), in any order
 * @param gap least distance between two neighbours
 * @returns the places in the order of `wanted`, within [lo, hi] where they fit
 */
export function spread(wanted: readonly number[], gap: number, lo: number, hi: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const pools: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    pools.push({ sum: wanted[index]! - rank * gap, count: 1 });
    while (pools.length > 1) {
      const last = pools[pools.length - 1]!;
      const before = pools[pools.length - 2]!;
      if (before.sum / before.count <= last.sum / last.count) break;
      before.sum += last.sum;
      before.count += last.count;
      pools.pop();
    }
  });
  const top = Math.max(lo, hi - (wanted.length - 1) * gap);
  const places = new Array<number>(wanted.length);
  let rank = 0;
  for (const pool of pools) {
    const at = Math.min(top, Math.max(lo, pool.sum / pool.count));
    for (let n = 0; n < pool.count; n++, rank++) places[order[rank]!] = at + rank * gap;
  }
  return places;
}
