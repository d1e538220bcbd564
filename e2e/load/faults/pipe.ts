import type { Socket } from 'node:net';
import type { Random } from './random.ts';

/** How a direction treats what passes through it; what is absent is as good as the loopback device is. */
export interface Conditions {
  delayMs?: number;
  /** Up to so much comes on top of `delayMs`. */
  jitterMs?: number;
  bytesPerSecond?: number;
  /** The most that one write holds. */
  pieceBytes?: number;
}

/** What waits here before the sender is held up: about a kernel's buffer on a real line. */
const QUEUE_MAX_BYTES = 64 * 1024;
/** A limited line carries its bytes in so many portions a second. */
const PORTIONS_PER_SECOND = 20;

/** One direction of a line: what is read from one socket is written to another, in order, as late as it is told to. */
export class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #random: Random;
  #conditions: Conditions = {};
  #stalled = false;
  #queue: { bytes: Buffer; dueAt: number }[] = [];
  #queuedBytes = 0;
  /** Until then the bandwidth is used up (performance.now). */
  #busyUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  passedBytes = 0;

  constructor(from: Socket, to: Socket, random: Random) {
    this.#from = from;
    this.#to = to;
    this.#random = random;
    from.on('data', (bytes) => this.#take(bytes));
    from.on('end', () => {
      this.#ended = true;
      this.#pump();
    });
    to.on('drain', () => this.#pump());
  }

  set(conditions: Conditions): void {
    this.#conditions = conditions;
    this.#pump();
  }

  /** Nothing passes until `resume`; the sender is not told. */
  stall(): void {
    this.#stalled = true;
  }

  resume(): void {
    this.#stalled = false;
    this.#pump();
  }

  /** The receiver sees the end of the stream; what the sender writes from now on is lost. */
  end(): void {
    this.#ended = true;
    this.#clear();
    this.#to.end();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#clear();
  }

  #take(bytes: Buffer): void {
    if (this.#ended) return;
    const { delayMs = 0, jitterMs = 0 } = this.#conditions;
    this.#queue.push({ bytes, dueAt: performance.now() + delayMs + this.#random() * jitterMs });
    this.#queuedBytes += bytes.length;
    if (this.#queuedBytes >= QUEUE_MAX_BYTES) this.#from.pause();
    this.#pump();
  }

  #pump(): void {
    if (this.#timer || this.#stalled) return;
    const { bytesPerSecond, pieceBytes } = this.#conditions;
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      if (this.#to.writableNeedDrain) return;
      const waitMs = Math.max(next.dueAt, this.#busyUntil) - performance.now();
      if (waitMs > 0) {
        this.#pumpIn(waitMs);
        return;
      }
      const portion = bytesPerSecond && Math.max(1, Math.floor(bytesPerSecond / PORTIONS_PER_SECOND));
      const size = this.#write(next, Math.min(portion ?? Infinity, pieceBytes ?? Infinity));
      if (bytesPerSecond) this.#busyUntil = performance.now() + (size / bytesPerSecond) * 1_000;
      if (pieceBytes) {
        this.#pumpIn(0);
        return;
      }
    }
    if (this.#ended) this.#to.end();
  }

  #pumpIn(waitMs: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pump();
    }, waitMs);
  }

  #write(next: { bytes: Buffer }, maxBytes: number): number {
    const piece = next.bytes.subarray(0, maxBytes);
    next.bytes = next.bytes.subarray(piece.length);
    if (next.bytes.length === 0) this.#queue.shift();
    this.#queuedBytes -= piece.length;
    this.passedBytes += piece.length;
    if (this.#queuedBytes < QUEUE_MAX_BYTES) this.#from.resume();
    this.#to.write(piece);
    return piece.length;
  }

  #clear(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#from.resume();
  }
}
