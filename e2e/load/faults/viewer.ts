import { WebSocket } from 'ws';
import { reconnectSpread, SPREAD_EVENT } from '../../../shared/domain/reconnect-spread.ts';
import type { ClientMessage } from '../../../shared/protocol/client-messages.ts';
import { closeCodes } from '../../../shared/protocol/close-codes.ts';
import { errors } from '../../../shared/protocol/errors.ts';
import type { Position } from '../../../shared/protocol/position.ts';
import type { PublicationItem } from '../../../shared/protocol/publication.ts';
import type { ServerMessage, ServerMessageOf } from '../../../shared/protocol/server-messages.ts';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../../shared/protocol/version.ts';
import type { Checker } from './checker.ts';
import type { Follower } from './follower.ts';
import { hashOf } from './hash.ts';
import { between, oneOf, type Random } from './random.ts';

export interface ViewerOptions {
  name: string;
  /** `ws://…/ws`, the way through the proxy. */
  url: string;
  key: string;
  channels: readonly string[];
  checker: Checker;
  random: Random;
  /** Called with the close code each time that a connection ends without being told to. */
  lost: (code: number) => void;
}

const HANDSHAKE_WITHIN_MS = 10_000;
/** Silence after the heartbeat that makes a line a dead one (HB-2). */
const DEAD_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 1_000;
const FIRST_RETRY_MS = 300;
const BACKOFF_MIN_MS = 500;
/** Shorter than a page's, so that a run of minutes sees more of what comes after. */
const BACKOFF_MAX_MS = 5_000;
const SETTLED_AFTER_MS = 30_000;

/** A program that follows channels as the contract says: comes back with `since`, in its slot or with full jitter. */
export class Viewer {
  readonly followers: readonly Follower[];
  readonly #options: ViewerOptions;
  readonly #wishes: readonly Record<string, unknown>[];
  readonly #byChannel: ReadonlyMap<string, Follower>;
  /** What each unanswered subscribe carried. */
  readonly #asked = new Map<string, Position | undefined>();
  readonly #watch: NodeJS.Timeout;
  #ws: WebSocket | undefined;
  #retry: NodeJS.Timeout | undefined;
  #ended = false;
  #connections = 0;
  #attempt = 0;
  #heardAt = 0;
  #welcomedAt = Number.POSITIVE_INFINITY;
  #heartbeatMs = 25_000;
  #spreadMs = 0;
  #slotMs: number | undefined;

  constructor(options: ViewerOptions) {
    const { name, channels, checker, random } = options;
    this.#options = options;
    this.followers = channels.map((channel) => checker.follow(name, channel));
    this.#byChannel = new Map(this.followers.map((follower) => [follower.channel, follower]));
    this.#wishes = channels.map(() =>
      oneOf(random, [{}, { history: { limit: 1 } }, { history: { limit: 50 } }, { history: { ms: 60_000 } }]),
    );
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#connect();
  }

  /** Leaves one channel and comes back to it over the same connection. */
  resubscribe(): void {
    const open = this.followers.filter((follower) => follower.open);
    if (this.#ws?.readyState !== WebSocket.OPEN || open.length === 0) return;
    this.#send({ type: 'unsubscribe', channel: oneOf(this.#options.random, open).channel });
  }

  end(): void {
    this.#ended = true;
    clearInterval(this.#watch);
    clearTimeout(this.#retry);
    this.#ws?.terminate();
  }

  #connect(): void {
    const { url, key } = this.#options;
    this.#connections += 1;
    this.#slotMs = undefined;
    this.#heardAt = performance.now();
    const ws = new WebSocket(url, SUBPROTOCOL, {
      headers: { authorization: `Bearer ${key}` },
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
    });
    this.#ws = ws;
    ws.on('open', () => {
      this.#send(
        { type: 'hello', protocol: PROTOCOL_VERSION },
        ...this.followers.map((one) => this.#subscribe(one)),
      );
    });
    ws.on('ping', () => {
      this.#heardAt = performance.now();
    });
    ws.on('message', (data) => {
      this.#heardAt = performance.now();
      const frame = JSON.parse(data.toString()) as ServerMessage | ServerMessage[];
      for (const message of Array.isArray(frame) ? frame : [frame]) this.#take(message);
    });
    // A close follows every error, and is where the loss is dealt with.
    ws.on('error', () => {});
    ws.on('close', (code) => this.#lost(code));
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.#welcomedAt = performance.now();
        this.#heartbeatMs = message.heartbeatMs;
        this.#spreadMs = message.reconnect.spreadMs;
        break;
      case 'message':
        if (message.event === SPREAD_EVENT) this.#spreadMs = reconnectSpread.parse(message.data).spreadMs;
        break;
      case 'reconnect':
        this.#slotMs = message.inMs;
        break;
      case 'subscribed':
        this.#subscribed(message);
        break;
      case 'publication':
        this.#follower(message.channel).publication(this.#connection, itemOf(message));
        break;
      case 'gap':
        this.#follower(message.channel).gap(this.#connection, message);
        break;
      case 'unsubscribed': {
        const follower = this.#follower(message.channel);
        follower.unsubscribed(message.code === errors.positionLost.code);
        this.#send(this.#subscribe(follower));
        break;
      }
      case 'error':
        // Nothing that a viewer asks for is refused but for want of a database: come back, and ask again.
        this.#ws?.close(closeCodes.normal.code);
        break;
    }
  }

  #subscribe(follower: Follower): ClientMessage {
    const { channel, position } = follower;
    this.#asked.set(channel, position);
    const wish = this.#wishes[this.followers.indexOf(follower)];
    return { type: 'subscribe', id: channel, channel, ...(position && { since: position }), ...wish };
  }

  #subscribed({ channel, publications, ...answer }: ServerMessageOf<'subscribed'>): void {
    const items = publications.map(itemOf);
    const since = this.#asked.get(channel);
    this.#follower(channel).subscribed(this.#connection, since, { ...answer, publications: items });
  }

  /** A line on which nothing comes, not even pings, is a dead one. */
  #look(): void {
    if (this.#ws && performance.now() - this.#heardAt > this.#heartbeatMs + DEAD_AFTER_MS)
      this.#ws.terminate();
  }

  #lost(code: number): void {
    this.#ws = undefined;
    this.#asked.clear();
    if (this.#ended) return;
    for (const follower of this.followers) follower.closed();
    this.#options.lost(code);
    if (performance.now() - this.#welcomedAt > SETTLED_AFTER_MS) this.#attempt = 0;
    this.#welcomedAt = Number.POSITIVE_INFINITY;
    this.#retry = setTimeout(() => this.#connect(), this.#slotMs ?? this.#backoffMs());
    this.#attempt += 1;
  }

  #backoffMs(): number {
    const { random } = this.#options;
    if (this.#attempt === 0) return random() * Math.max(FIRST_RETRY_MS, this.#spreadMs);
    const mostMs = Math.min(BACKOFF_MAX_MS, BACKOFF_MIN_MS * 2 ** this.#attempt);
    return between(random, BACKOFF_MIN_MS, mostMs);
  }

  #follower(channel: string): Follower {
    const follower = this.#byChannel.get(channel);
    if (!follower) throw new Error(`${this.#options.name} hears ${channel}, which it did not ask for`);
    return follower;
  }

  #send(...messages: ClientMessage[]): void {
    this.#ws?.send(JSON.stringify(messages));
  }

  get #connection(): string {
    return `connection ${this.#connections}`;
  }
}

function itemOf({ offset, data }: PublicationItem): { offset: number; hash: string } {
  return { offset, hash: hashOf(data) };
}
