import { PONG_TIMEOUT_MS } from '../../shared/limits.ts';

/** A line whose answers take longer is called degraded. */
const LAG_MS = 2_000;
/** How often a degraded line is asked whether it is well again. */
const LAGGING_PING_MS = 5_000;
/** Nothing at all for so long, from a line that something was expected on, is worth a question. */
const DOUBT_MS = 2_000;
/** A timer that is later than this ran in a page that slept: frames may wait in the queue behind it. */
const SLEPT_MS = 3_000;

const LAGGING = 'Answers take longer than 2 s.';

export interface HeartbeatDeps {
  now(): number;
  after(ms: number, run: () => void): () => void;
  sendPing(id: string, sentAt: number): void;
  onRtt(rttMs: number): void;
  onLagging(cause: string): void;
  onTime(): void;
  onDead(): void;
}

/**
 * Finds out whether somebody is still there. A page cannot see the server's own pings, so it asks: once after the
 * welcome and then every `heartbeatMs`. No frame at all for 10 s after a question means dead. @see docs/protocol.md HB-2
 */
export class Heartbeat {
  readonly #deps: HeartbeatDeps;
  #everyMs = 0;
  #sent = 0;
  /** The question that waits for its answer. */
  #asked: { id: string; at: number; again: boolean } | undefined;
  #heardAt = 0;
  #lagging = false;
  /** However timely the answers: values are being skipped for us until then (ms). */
  #behindUntil = Number.NEGATIVE_INFINITY;
  #cancel = { ping: () => {}, lag: () => {}, dead: () => {} };

  constructor(deps: HeartbeatDeps) {
    this.#deps = deps;
  }

  /** When the last sign of life came. */
  get heardAt(): number {
    return this.#heardAt;
  }

  start(heartbeatMs: number): void {
    this.stop();
    this.#everyMs = heartbeatMs;
    this.#ask(false);
  }

  stop(): void {
    this.#cancel.ping();
    this.#cancel.lag();
    this.#cancel.dead();
    this.#asked = undefined;
    this.#lagging = false;
    this.#behindUntil = Number.NEGATIVE_INFINITY;
    this.#everyMs = 0;
  }

  /** Any frame is a sign of life. */
  heard(): void {
    this.#heardAt = this.#deps.now();
  }

  pong(id: unknown): void {
    if (this.#asked?.id !== id || this.#asked === undefined) return;
    const rttMs = this.#deps.now() - this.#asked.at;
    this.#asked = undefined;
    this.#cancel.lag();
    this.#cancel.dead();
    this.#deps.onRtt(rttMs);
    if (rttMs > LAG_MS || this.#deps.now() < this.#behindUntil) return;
    this.#lagging = false;
    this.#deps.onTime();
  }

  /** The server skips values for us: slow, whatever the ping says, until a timely answer after so many ms without. */
  fellBehind(cause: string, holdMs: number): void {
    this.#behindUntil = this.#deps.now() + holdMs;
    if (this.#lagging) {
      this.#deps.onLagging(cause);
      return;
    }
    this.#lagging = true;
    this.#deps.onLagging(cause);
    this.#schedule();
  }

  /** Something happened to the network: ask now. */
  probe(): void {
    if (this.#everyMs > 0 && this.#asked === undefined) this.#ask(false);
  }

  /** A source that should have spoken did not: ask, unless the line has just been heard. */
  doubt(): void {
    if (this.#deps.now() - this.#heardAt >= DOUBT_MS) this.probe();
  }

  #ask(again: boolean): void {
    const at = this.#deps.now();
    this.#sent += 1;
    this.#asked = { id: `ping-${this.#sent}`, at, again };
    this.#cancel.lag();
    this.#cancel.dead();
    this.#cancel.lag = this.#deps.after(LAG_MS, () => this.#late());
    this.#cancel.dead = this.#deps.after(PONG_TIMEOUT_MS, () => this.#judge());
    this.#schedule();
    this.#deps.sendPing(this.#asked.id, at);
  }

  #schedule(): void {
    this.#cancel.ping();
    if (this.#everyMs === 0) return;
    const ms = this.#lagging ? Math.min(LAGGING_PING_MS, this.#everyMs) : this.#everyMs;
    this.#cancel.ping = this.#deps.after(ms, () => {
      if (this.#asked === undefined) this.#ask(false);
      else this.#schedule();
    });
  }

  #late(): void {
    if (this.#asked === undefined) return;
    this.#lagging = true;
    this.#schedule();
    this.#deps.onLagging(LAGGING);
  }

  #judge(): void {
    const asked = this.#asked;
    if (asked === undefined) return;
    const now = this.#deps.now();
    if (this.#heardAt >= asked.at) {
      // Data flows, only the answer is stuck behind it.
      this.#ask(false);
      return;
    }
    if (now - asked.at > PONG_TIMEOUT_MS + SLEPT_MS && !asked.again) {
      this.#ask(true);
      return;
    }
    this.#deps.onDead();
  }
}
