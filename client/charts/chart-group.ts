export interface TimeRange {
  /** ms, server clock. */
  from: number;
  to: number;
}

/**
 * Newest data is on its way for a moment, so the right edge of a window lies a little in the past:
 * without it every line would end short of the edge and its last point would jump about.
 */
const ALLOWANCE_MS = 1_000;

const MINUTE = 60_000;
/** Spans that a window takes while there is less data than it could show, so that a young board is not an empty one. */
const YOUNG_SPANS = [1, 2, 3, 5, 10, 15, 30, 60, 180, 360, 720].map((minutes) => minutes * MINUTE);

/** A drag narrower than this was a click with a shaky hand. */
const ZOOM_MIN_MS = 2_000;

let groups = 0;

/**
 * What the charts of one board share: the span they show, and through `key` the cursor.
 * The window runs with the clock unless somebody zoomed or holds it still with the pointer.
 */
export class ChartGroup {
  /** Charts with the same key move one cursor (uPlot's sync). */
  readonly key = `charts-${++groups}`;
  #zoomed: TimeRange | undefined;
  #heldAt: number | undefined;
  #oldest = Number.POSITIVE_INFINITY;
  readonly #holders = new Set<unknown>();
  readonly #listeners = new Set<() => void>();

  get zoomed(): boolean {
    return this.#zoomed !== undefined;
  }

  /** Whether the window stands still. */
  get still(): boolean {
    return this.#zoomed !== undefined || this.#heldAt !== undefined;
  }

  /** The span to show. @param now server clock (ms) */
  range(now: number, windowMs: number): TimeRange {
    if (this.#zoomed !== undefined) return this.#zoomed;
    const to = (this.#heldAt ?? now) - ALLOWANCE_MS;
    const age = to - this.#oldest;
    const span = YOUNG_SPANS.find((one) => one >= age) ?? windowMs;
    return { from: to - Math.min(span, windowMs), to };
  }

  /** Tells of data this old (ms). The window is never longer than the oldest data of all charts deserves. */
  reaches(oldest: number | undefined): void {
    if (oldest !== undefined && oldest < this.#oldest) this.#oldest = oldest;
  }

  /** Shows a span of time on all charts; without one, goes back to the running window. */
  zoom(range?: TimeRange): void {
    if (range !== undefined && range.to - range.from < ZOOM_MIN_MS) return;
    this.#zoomed = range;
    this.#tell();
  }

  /** Holds the window while a pointer or a keyboard cursor is in a chart: nothing may move under it. */
  hold(holder: unknown, now: number): void {
    this.#holders.add(holder);
    this.#heldAt ??= now;
  }

  release(holder: unknown): void {
    this.#holders.delete(holder);
    if (this.#holders.size > 0) return;
    this.#heldAt = undefined;
    this.#tell();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
