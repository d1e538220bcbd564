/** Each bucket is so much wider than the one before: a percentile is right to within one percent. */
const GROWTH = Math.log(1.01);
const SMALLEST_MS = 0.001;

/** Bucket and count, for the way between processes. */
export type Buckets = [bucket: number, count: number][];

/** Durations in buckets that grow with them: as small for a million samples as for ten. */
export class Histogram {
  readonly #counts = new Map<number, number>();
  #count = 0;

  static of(...parts: Buckets[]): Histogram {
    const all = new Histogram();
    for (const [bucket, count] of parts.flat()) all.#add(bucket, count);
    return all;
  }

  add(ms: number): void {
    this.#add(Math.ceil(Math.log(Math.max(ms, SMALLEST_MS) / SMALLEST_MS) / GROWTH), 1);
  }

  get count(): number {
    return this.#count;
  }

  /** @param share 0.5 for the median, 1 for the longest; @returns ms, NaN without samples */
  percentile(share: number): number {
    let left = Math.max(1, Math.ceil(this.#count * share));
    for (const [bucket, count] of this.buckets.toSorted(([a], [b]) => a - b)) {
      left -= count;
      if (left <= 0) return SMALLEST_MS * Math.exp(bucket * GROWTH);
    }
    return Number.NaN;
  }

  get buckets(): Buckets {
    return [...this.#counts];
  }

  clear(): void {
    this.#counts.clear();
    this.#count = 0;
  }

  #add(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
    this.#count += count;
  }
}
