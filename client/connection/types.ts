import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import type { ErrorBody } from '../../shared/protocol/errors.ts';
import type { ServerMessageOf } from '../../shared/protocol/server-messages.ts';

export type ConnectionName = 'idle' | 'connecting' | 'resuming' | 'live' | 'degraded' | 'offline' | 'blocked';

/** Why nothing but a person's act can bring the line back. */
export type BlockedReason = 'auth' | 'forbidden' | 'kicked' | 'upgrade';

/** What a screen may know of the line. A new object whenever something in it changed, never mutated. */
export interface ConnectionSnapshot {
  readonly state: ConnectionName;
  /** When this state began (ms, the page's own clock: `connection.now()`). */
  readonly since: number;
  /** Since when the line has not been live; absent while it is. Runs on over connecting and offline. */
  readonly lostAt?: number;
  /** Round-trip time of the newest answered ping. */
  readonly rttMs?: number;
  /** When the next try is due (offline). */
  readonly retryAt?: number;
  /** Tries that failed since the line was last stable. */
  readonly attempt?: number;
  /** One sentence for people: what happened. */
  readonly cause?: string;
  /** HTTP works and the WebSocket never did: a proxy or the list of origins stands between. */
  readonly refused?: true;
  /** The line is too slow for the data: of so many updates one is seen (degraded). */
  readonly every?: number;
  /** Set in `blocked`. */
  readonly blocked?: BlockedReason;
  /** Missed publications that came back, of those that will (resuming). */
  readonly resuming?: { readonly done: number; readonly total: number };
}

/** What can be asked with an answer, and which message answers it. */
export interface Replies {
  publish: ServerMessageOf<'published'>;
  view: ServerMessageOf<'ok'>;
  receipt: ServerMessageOf<'ok'>;
  refresh: ServerMessageOf<'ok'>;
  ping: ServerMessageOf<'pong'>;
}
export type RequestType = keyof Replies;
export type RequestMessage<T extends RequestType> = Omit<ClientMessageOf<T>, 'id'>;

/** What is kept while offline and sent once the line is back: safe to send twice. */
export type Intent = RequestMessage<'receipt'> | RequestMessage<'view'>;

/** What others may hear of the wire; data has its own way (client/live/feed.ts). */
export interface ConnectionEvents {
  welcome: ServerMessageOf<'welcome'>;
  announcement: ServerMessageOf<'announcement'>;
  message: ServerMessageOf<'message'>;
}

/** A request that was not done: refused by the server, or never answered because the line is down. */
export class RequestError extends Error {
  /** A name of the table in shared/protocol/errors.ts, or `offline`, or `timeout`. */
  readonly reason: string;
  /** Code of that table; 0 where the server never answered. */
  readonly code: number;
  readonly retry: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(body: Pick<ErrorBody, 'code' | 'name' | 'message' | 'retry' | 'retryAfterMs'>) {
    super(body.message);
    this.name = 'RequestError';
    this.reason = body.name;
    this.code = body.code;
    this.retry = body.retry;
    this.retryAfterMs = body.retryAfterMs;
  }
}
