/** So long after the last skipped value the line counts as fast enough again. */
export const THINNED_FOR_MS = 10_000;

/**
 * How much of the data the server leaves out because this line cannot take all of it (SLOW-1). Counts over one
 * episode: from the first value skipped until none was for a while.
 */
export class Thinning {
  #came = 0;
  #skipped = 0;
  #until = Number.NEGATIVE_INFINITY;

  /** @param now ms */
  skipped(count: number, now: number): void {
    if (now >= this.#until) {
      this.#came = 0;
      this.#skipped = 0;
    }
    this.#skipped += count;
    this.#until = now + THINNED_FOR_MS;
  }

  /** A publication came. Hot. */
  came(): void {
    this.#came += 1;
  }

  clear(): void {
    this.#until = Number.NEGATIVE_INFINITY;
  }

  /** @returns `14` where every 14th update is seen; undefined while nothing is left out */
  every(now: number): number | undefined {
    if (now >= this.#until) return undefined;
    return Math.max(2, Math.round((this.#came + this.#skipped) / Math.max(1, this.#came)));
  }
}
