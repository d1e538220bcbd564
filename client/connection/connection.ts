import type {
  ConnectionEvents,
  ConnectionSnapshot,
  Intent,
  Replies,
  RequestMessage,
  RequestType,
} from './types.ts';

export interface ConnectionApi {
  /** Connects and stays connected. Also the way back after `blocked` (the person signed in). */
  start(): void;
  /** Leaves for good, e.g. on sign-out. */
  stop(): void;
  /** The person wants it now: costs no attempt. */
  reconnectNow(): void;
  readonly state: ConnectionSnapshot;
  readonly clientId: string | undefined;
  /** Server clock minus `now()`, in ms. */
  readonly serverTimeOffsetMs: number;
  /** The page's clock (ms since 1970, never jumps while the page lives). */
  now(): number;
  /** @throws RequestError (as a rejection) when offline, refused or unanswered */
  request<T extends RequestType>(message: RequestMessage<T> & { type: T }): Promise<Replies[T]>;
  intent(message: Intent): void;
  on<K extends keyof ConnectionEvents>(type: K, listener: (message: ConnectionEvents[K]) => void): () => void;
  /** Hears of every new `state` object. */
  subscribe(listener: () => void): () => void;
}
export declare const connection: ConnectionApi;
