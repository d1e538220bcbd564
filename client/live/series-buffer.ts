/** A stretch between two neighbours where the line must not be drawn: their times (ms). */
export type SeriesBreak = readonly [from: number, to: number];

export interface SeriesView {
  /** ms, rising. A window on the buffer, not a copy: read it before the next push. */
  readonly times: Float64Array;
  /** Always finite numbers. */
  readonly values: Float64Array;
  /** For uPlot's `gaps` refiner. */
  readonly breaks: readonly SeriesBreak[];
}

/**
 * Recent values of one line, in the form a chart wants: contiguous, sorted, bounded.
 *
 * Both arrays are twice as long as the most that is shown. Values are appended; when the end is reached the newest
 * half is copied to the front. So a view is always one subarray, and one push in `capacity` costs a copy.
 */
export class SeriesBuffer {
  readonly capacity: number;
  #times: Float64Array;
  #values: Float64Array;
  #start = 0;
  #end = 0;
  /** Times of the points after which the line is interrupted. */
  #broken: number[] = [];

  /** @param capacity most points a view holds */
  constructor(capacity: number) {
    this.capacity = Math.max(1, Math.floor(capacity));
    this.#times = new Float64Array(this.capacity * 2);
    this.#values = new Float64Array(this.capacity * 2);
  }

  get length(): number {
    return this.#end - this.#start;
  }

  get last(): { time: number; value: number } | undefined {
    if (this.length === 0) return undefined;
    return { time: this.#times[this.#end - 1] as number, value: this.#values[this.#end - 1] as number };
  }

  /** Appends a value; `null` (or what is not finite) interrupts the line instead. Late times find their place. */
  push(time: number, value: number | null): void {
    if (value === null || !Number.isFinite(value)) {
      this.interrupt();
      return;
    }
    if (this.#end === this.#times.length) this.#slide();
    let at = this.#end;
    // A producer's clock may step back: move the few later ones up, so that times stay sorted.
    while (at > this.#start && (this.#times[at - 1] as number) > time) at--;
    if (at < this.#end) {
      this.#times.copyWithin(at + 1, at, this.#end);
      this.#values.copyWithin(at + 1, at, this.#end);
    }
    this.#times[at] = time;
    this.#values[at] = value;
    this.#end++;
    if (this.length > this.capacity) this.#start++;
  }

  /** The line stops after the newest value; the next one begins a new stroke. */
  interrupt(): void {
    const time = this.last?.time;
    if (time !== undefined && this.#broken.at(-1) !== time) this.#broken.push(time);
  }

  view(): SeriesView {
    const times = this.#times.subarray(this.#start, this.#end);
    return { times, values: this.#values.subarray(this.#start, this.#end), breaks: this.#breaks(times) };
  }

  clear(): void {
    this.#start = 0;
    this.#end = 0;
    this.#broken = [];
  }

  #slide(): void {
    this.#times.copyWithin(0, this.#start, this.#end);
    this.#values.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
  }

  #breaks(times: Float64Array): SeriesBreak[] {
    const oldest = times[0];
    if (this.#broken.length === 0 || oldest === undefined) return [];
    this.#broken = this.#broken.filter((time) => time >= oldest);
    const found: SeriesBreak[] = [];
    for (const time of this.#broken) {
      const next = times[firstAfter(times, time)];
      if (next !== undefined) found.push([time, next]);
    }
    return found;
  }
}

/** Index of the first time later than `time`, by halving. */
export function firstAfter(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
