import type { Duplex } from 'node:stream';
import type { Frame } from '../hub/frame.ts';

/** The kernel hides megabytes of a slow line from us; more than so much is not sent without proof of arrival. */
const UNCONFIRMED_MAX_BYTES = 256 * 1024;
/** So many pings go into one window of unconfirmed bytes. */
const MARKS_PER_WINDOW = 4;
/** Announcements and replies pile up even without room, for a client that reads nothing; this much ends it. */
const OVERFLOW_FACTOR = 8;
const PING = 0x89;
const OPEN = 1;

export interface OutboxOptions {
  socket: Duplex;
  /** Of the WebSocket: nothing may be written after its close frame. */
  ws: { readonly readyState: number };
  /** Waiting bytes from which on the client gets no more data (OUTBOX_MAX_BYTES). */
  maxBytes: number;
  /** There may be room again. */
  onRoom: () => void;
  /** Far more is waiting than the client will ever read. */
  onOverflow: () => void;
  /** Monotonic, in ms. */
  now: () => number;
}

/**
 * What goes out to one socket. Prepared frames are written straight to it: `ws` writes its own control frames with
 * one synchronous call each, so that whole frames never mix.
 *
 * Node reports backpressure only when the kernel's buffer of several megabytes is full, which on a slow line is
 * minutes of data that announcements would wait behind. So pings go out in line with the data, and their pongs tell
 * how much has really arrived.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #windowBytes: number;
  /** Pings on their way, oldest first, with what had been sent before each. */
  #marks: { mark: number; sent: number; at: number }[] = [];
  #lastMark = 0;
  #sent = 0;
  #marked = 0;
  #confirmed = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#windowBytes = Math.min(UNCONFIRMED_MAX_BYTES, options.maxBytes);
    options.socket.on('drain', options.onRoom);
  }

  get hasRoom(): boolean {
    return (
      this.#marked - this.#confirmed < this.#windowBytes &&
      this.#options.socket.writableLength < this.#options.maxBytes
    );
  }

  get bufferedBytes(): number {
    return Math.max(this.#options.socket.writableLength, this.#marked - this.#confirmed);
  }

  write(frame: Frame): void {
    const { socket, ws, maxBytes, onOverflow } = this.#options;
    if (ws.readyState !== OPEN) return;
    socket.write(frame);
    this.#sent += frame.length;
    if (this.#sent - this.#marked >= this.#windowBytes / MARKS_PER_WINDOW) this.ping();
    if (socket.writableLength > maxBytes * OVERFLOW_FACTOR) onOverflow();
  }

  ping(): void {
    const { socket, ws, now } = this.#options;
    if (ws.readyState !== OPEN) return;
    this.#lastMark += 1;
    this.#marked = this.#sent;
    this.#marks.push({ mark: this.#lastMark, sent: this.#sent, at: now() });
    const payload = String(this.#lastMark);
    const frame = Buffer.allocUnsafe(2 + payload.length);
    frame[0] = PING;
    frame[1] = payload.length;
    frame.write(payload, 2, 'latin1');
    socket.write(frame);
  }

  /**
   * A pong came: all that was sent before its ping has arrived.
   * @returns the round-trip time in ms; undefined for a pong that answers none of our pings
   */
  confirm(payload: Buffer): number | undefined {
    const mark = Number(payload.toString('latin1'));
    const at = this.#marks.findIndex((one) => one.mark === mark);
    if (at < 0) return undefined;
    const answered = this.#marks[at]!;
    this.#marks = this.#marks.slice(at + 1);
    this.#confirmed = answered.sent;
    const rttMs = this.#options.now() - answered.at;
    this.#options.onRoom();
    return rttMs;
  }
}
