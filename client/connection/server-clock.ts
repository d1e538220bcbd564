/** Uncertainty that a measurement gains while it ages: clocks drift apart by far less. */
const DRIFT_PER_MS = 0.0002;

/**
 * How far the server's clock is ahead of ours, from answers to pings. An answer bounds the truth by half its round
 * trip, so the tightest one counts, until it is old or contradicted (a clock was set, a computer slept).
 */
export class ServerClock {
  #offsetMs = 0;
  #boundMs = Number.POSITIVE_INFINITY;
  #measuredAt = 0;

  /** Server minus ours, ms. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** @param sentAt ours @param serverTime the server's, in between @param now ours, on arrival */
  measure(sentAt: number, serverTime: number, now: number): void {
    const boundMs = (now - sentAt) / 2;
    const offsetMs = serverTime - (sentAt + boundMs);
    const heldBoundMs = this.#boundMs + (now - this.#measuredAt) * DRIFT_PER_MS;
    const contradicted = Math.abs(offsetMs - this.#offsetMs) > boundMs + heldBoundMs;
    if (boundMs > heldBoundMs && !contradicted) return;
    this.#offsetMs = offsetMs;
    this.#boundMs = boundMs;
    this.#measuredAt = now;
  }
}
