import type { Duplex } from 'node:stream';
import type { Frame } from '../hub/frame.ts';

/** The kernel hides megabytes of a slow line from us; more than so much is not sent without proof of arrival. */
const UNCONFIRMED_MAX_BYTES = 256 * 1024;
/** So many pings go into one window of unconfirmed bytes, and at least one into each second of data. */
const MARKS_PER_WINDOW = 4;
const MARK_EVERY_MS = 1_000;
/** What was sent so long ago and has not arrived holds up what comes after it: the line is slow, however little waits. */
const OLDEST_MAX_MS = 4_000;
/** Announcements and replies pile up even without room, for a client that reads nothing; this much ends it. */
export const OVERFLOW_FACTOR = 8;
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
  /** Likewise, but standing still while this process did: pauses of our own are not the line's. */
  awake: () => number;
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
  #marks: { mark: number; sent: number; at: number; awakeAt: number }[] = [];
  #lastMark = 0;
  #lastMarkAt = Number.NEGATIVE_INFINITY;
  #sent = 0;
  #marked = 0;
  #confirmed = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#windowBytes = Math.min(UNCONFIRMED_MAX_BYTES, options.maxBytes);
    options.socket.on('drain', options.onRoom);
  }

  get hasRoom(): boolean {
    const { socket, maxBytes, awake } = this.#options;
    const oldest = this.#marks[0];
    return (
      this.#marked - this.#confirmed < this.#windowBytes &&
      socket.writableLength < maxBytes &&
      (oldest === undefined || awake() - oldest.awakeAt < OLDEST_MAX_MS)
    );
  }

  get bufferedBytes(): number {
    return Math.max(this.#options.socket.writableLength, this.#marked - this.#confirmed);
  }

  write(frame: Frame): void {
    const { socket, ws, maxBytes, awake, onOverflow } = this.#options;
    if (ws.readyState !== OPEN) return;
    const { bytes } = frame;
    this.#sent += bytes.length;
    const markDue =
      this.#sent - this.#marked >= this.#windowBytes / MARKS_PER_WINDOW ||
      awake() - this.#lastMarkAt >= MARK_EVERY_MS;
    if (markDue) {
      // Both in one call of the kernel.
      socket.cork();
      socket.write(bytes);
      this.ping();
      socket.uncork();
    } else {
      socket.write(bytes);
    }
    if (socket.writableLength > maxBytes * OVERFLOW_FACTOR) onOverflow();
  }

  ping(): void {
    const { socket, ws, now, awake } = this.#options;
    if (ws.readyState !== OPEN) return;
    this.#lastMark += 1;
    this.#lastMarkAt = awake();
    this.#marked = this.#sent;
    this.#marks.push({ mark: this.#lastMark, sent: this.#sent, at: now(), awakeAt: this.#lastMarkAt });
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
