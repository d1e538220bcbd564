/** One side of a connection that may fall silent. */
export interface Peer {
  /** Bytes that came from it so far: a frame on its way is a sign of life too. */
  readonly bytesRead: number;
  ping(): void;
  /** It gave no sign of life; it is forgotten here. */
  dead(): void;
}

export interface HeartbeatOptions {
  intervalMs: number;
  /** After a ping: silence for so long means dead. */
  timeoutMs: number;
  /** Monotonic, in ms. */
  now?: () => number;
}

/** A tick that comes so much too late means that this process stood still. */
const SLEPT_MS = 2_000;

interface Beat {
  pingedAt: number;
  bytesRead: number;
  waiting: boolean;
}

/** Finds peers that are gone without a word, within interval and time-out together (HB-1). One timer serves all. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #now: () => number;
  readonly #peers = new Map<Peer, Beat>();
  readonly #tickMs: number;
  readonly #timer: NodeJS.Timeout;
  #lastTick: number;
  #awakeMs = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#lastTick = this.#now();
    this.#tickMs = Math.min(1_000, options.intervalMs / 10);
    this.#timer = setInterval(() => this.tick(), this.#tickMs);
    this.#timer.unref();
  }

  /** Time since the start in ms, to the tick, without that in which this process stood still. */
  get awakeMs(): number {
    return this.#awakeMs;
  }

  /** The first ping goes out with the next tick, so that the round-trip time is soon known. */
  add(peer: Peer): void {
    this.#peers.set(peer, { pingedAt: Number.NEGATIVE_INFINITY, bytesRead: 0, waiting: false });
  }

  delete(peer: Peer): void {
    this.#peers.delete(peer);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  tick(): void {
    const now = this.#now();
    // If we slept ourselves (a suspended machine, a long pause), their answers may still wait in the kernel.
    const late = now - this.#lastTick - this.#tickMs;
    const sleptMs = late > SLEPT_MS ? late : 0;
    this.#awakeMs += now - this.#lastTick - sleptMs;
    this.#lastTick = now;
    for (const [peer, beat] of this.#peers) {
      beat.pingedAt += sleptMs;
      this.#check(peer, beat, now);
    }
  }

  #check(peer: Peer, beat: Beat, now: number): void {
    const { intervalMs, timeoutMs } = this.#options;
    if (beat.waiting && peer.bytesRead > beat.bytesRead) beat.waiting = false;
    if (beat.waiting) {
      if (now - beat.pingedAt < timeoutMs) return;
      this.#peers.delete(peer);
      peer.dead();
      return;
    }
    // Two ticks early, as a ping and a death may each be seen one tick late.
    if (now - beat.pingedAt < intervalMs - 2 * this.#tickMs) return;
    beat.pingedAt = now;
    beat.bytesRead = peer.bytesRead;
    beat.waiting = true;
    peer.ping();
  }
}
