import type { Duplex } from 'node:stream';
import { FrameWatch } from './frame-watch.ts';

/** A message must have come whole within this time of its first byte. */
export const MESSAGE_TIMEOUT_MS = 10_000;
/** Unfinished messages of all connections together may take so much memory. */
export const UNFINISHED_MAX_BYTES = 64 * 1024 * 1024;

/** Memory that unfinished messages of all connections take. */
export interface UnfinishedBytes {
  bytes: number;
}

export interface IntakeOptions {
  socket: Duplex;
  /** Shared by all connections. */
  unfinished: UnfinishedBytes;
  /** A message has been on its way for too long. */
  onLate: () => void;
  /** All connections together hold too much, and this one wants more. */
  onExcess: () => void;
}

/**
 * Watches what comes in over one socket, so that messages which are begun and never ended, or trickle, can hold neither
 * a place nor memory: each may be as large as MAX_MESSAGE_BYTES, and there are thousands of connections.
 */
export class Intake {
  readonly #options: IntakeOptions;
  readonly #watch = new FrameWatch();
  #held = 0;
  #late: NodeJS.Timeout | undefined;

  constructor(options: IntakeOptions) {
    this.#options = options;
    options.socket.on('data', this.#follow);
  }

  /** The connection ends: what may still come is not waited for. */
  close(): void {
    this.#options.socket.off('data', this.#follow);
    clearTimeout(this.#late);
    this.#hold(0);
  }

  readonly #follow = (bytes: Buffer): void => {
    const ended = this.#watch.push(bytes);
    if (ended || !this.#watch.unfinished) {
      clearTimeout(this.#late);
      this.#late = undefined;
    }
    if (this.#watch.unfinished) this.#late ??= setTimeout(this.#options.onLate, MESSAGE_TIMEOUT_MS);
    if (!this.#hold(this.#watch.held)) this.#options.onExcess();
  };

  /** @returns false when all together would hold too much */
  #hold(bytes: number): boolean {
    const { unfinished } = this.#options;
    const more = bytes - this.#held;
    this.#held = bytes;
    unfinished.bytes += more;
    return more <= 0 || unfinished.bytes <= UNFINISHED_MAX_BYTES;
  }
}
