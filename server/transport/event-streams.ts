import { randomInt } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import type { Admission } from './admission.ts';
import { EVENT_HEARTBEAT_MS, EventStream, type EventStreamParts, type EventWish } from './event-stream.ts';
import { detailsOf } from './introduction.ts';

/** The soonest that a reader comes back by itself; each gets its own moment after it. */
const RETRY_MIN_MS = 1_000;
/** What a reader is told to wait when it cannot be taken now. */
const RETRY_LATER_MS = 5_000;

export interface EventStreamsParts extends EventStreamParts {
  /** The one that also counts WebSockets. */
  admission: Admission;
  addressOf(req: IncomingMessage): string;
  draining(): boolean;
  /** Over which time all of this node would come back. */
  spreadMs(): number;
  maxConnectionsPerAccount: number;
  /** For tests; the contract's fifteen seconds where absent. */
  eventHeartbeatMs?: number;
}

/** All event streams of this node: clients of the hub as WebSockets are, in number, rights and end. */
export class EventStreams {
  readonly #parts: EventStreamsParts;
  readonly #streams = new Set<EventStream>();
  readonly #timer: NodeJS.Timeout;

  constructor(parts: EventStreamsParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => {
      for (const stream of this.#streams) stream.beat();
    }, parts.eventHeartbeatMs ?? EVENT_HEARTBEAT_MS);
    this.#timer.unref();
  }

  get size(): number {
    return this.#streams.size;
  }

  all(): Iterable<EventStream> {
    return this.#streams;
  }

  /**
   * Answers a request with events until its reader leaves.
   * @param account may read every channel of the wish: the caller has checked that
   * @throws AppError `draining`, `overloaded`, `rateLimited` (from this address, or of this person), before anything is written
   */
  open(req: IncomingMessage, res: ServerResponse, account: Account, wish: EventWish): void {
    const parts = this.#parts;
    if (parts.draining()) throw new AppError('draining', { retryAfterMs: RETRY_LATER_MS });
    const { maxConnectionsPerAccount: most } = parts;
    if (account.kind === 'person' && parts.hub.clientsOf(account.id).size >= most) {
      throw new AppError('rateLimited', {
        message: `This account has ${most} connections already; close some.`,
        retryAfterMs: RETRY_LATER_MS,
      });
    }
    const address = parts.addressOf(req);
    const place = parts.admission.admit(address);
    if (res.destroyed || req.socket.destroyed) {
      place.release();
      return;
    }
    const userAgent = req.headers['user-agent'];
    const fromPage = req.headers.authorization === undefined || req.headers.origin !== undefined;
    const details = detailsOf(
      { type: 'hello', protocol: PROTOCOL_VERSION },
      account,
      { address, place, fromPage, ...(userAgent !== undefined && { userAgent }) },
      parts.clock(),
    );
    const stream = new EventStream(parts, res, details, wish);
    this.#streams.add(stream);
    res.once('close', () => {
      place.release();
      this.#streams.delete(stream);
    });
    void stream.begin(this.#retryMs());
  }

  /** The spread of reconnects is another now: everybody gets a new moment in it. */
  spreadAnew(): void {
    for (const stream of this.#streams) stream.comeBack(this.#retryMs());
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #retryMs(): number {
    return RETRY_MIN_MS + randomInt(this.#parts.spreadMs() + 1);
  }
}
