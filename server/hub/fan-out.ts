import type { Audience } from './audience.ts';

/** A fan-out gives way to the event loop after so long, so that newcomers, pings and announcements are served. */
const SLICE_MS = 4;
/** The window is this many times what the last fan-out took: fan-out gets at most 1/8 of the thread below the cap. */
const WINDOW_PER_FANOUT = 8;

export interface FanOutOptions {
  /** The longest that a publication waits to share a batch. */
  flushMs: number;
  /** Monotonic, in ms. */
  now: () => number;
  /** Called after each fan-out with the time from the first waiting publication to the last write. */
  onDone: (tookMs: number) => void;
}

/**
 * Decides when the pending batches go out (FAN-1). While little happens the first publication goes at once; under load
 * a window opens, as long as the fan-out itself needs a share of it, up to `flushMs`.
 */
export class FanOut {
  readonly #options: FanOutOptions;
  readonly #dirty = new Set<Audience>();
  #timer: NodeJS.Timeout | undefined;
  #work: Generator<void> | undefined;
  #waitingSince = 0;
  #firstAt = 0;
  #startedAt = Number.NEGATIVE_INFINITY;
  /** Time spent writing in the fan-out that runs, and in the last one. */
  #spentMs = 0;
  #windowMs = 0;

  constructor(options: FanOutOptions) {
    this.#options = options;
  }

  touch(audience: Audience): void {
    if (this.#dirty.size === 0) this.#waitingSince = this.#options.now();
    this.#dirty.add(audience);
  }

  /** To be called when a delivery is complete: flushes now, or sets the timer that will. */
  schedule(): void {
    if (this.#dirty.size === 0 || this.#timer || this.#work) return;
    const waitMs = this.#startedAt + this.#windowMs - this.#options.now();
    if (waitMs <= 0) {
      this.#run();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#run();
    }, waitMs);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#dirty.clear();
    this.#work = undefined;
  }

  #run(): void {
    const audiences = [...this.#dirty];
    this.#dirty.clear();
    this.#firstAt = this.#waitingSince;
    this.#startedAt = this.#options.now();
    this.#spentMs = 0;
    this.#work = fanOutAll(audiences);
    this.#slice();
  }

  #slice(): void {
    const { now, flushMs, onDone } = this.#options;
    const work = this.#work;
    if (!work) return;
    const from = now();
    let at = from;
    while (at - from < SLICE_MS) {
      if (work.next().done === true) {
        at = now();
        this.#spentMs += at - from;
        this.#windowMs = Math.min(flushMs, this.#spentMs * WINDOW_PER_FANOUT);
        this.#work = undefined;
        onDone(at - this.#firstAt);
        this.schedule();
        return;
      }
      at = now();
    }
    this.#spentMs += at - from;
    setImmediate(() => this.#slice());
  }
}

function* fanOutAll(audiences: readonly Audience[]): Generator<void> {
  for (const audience of audiences) yield* audience.fanOut();
}
