import { reconnectSpread, SPREAD_EVENT } from '../../shared/domain/reconnect-spread.ts';
import type { ClientMessage, HistoryRequest } from '../../shared/protocol/client-messages.ts';
import { decodeServerMessage, splitFrame } from '../../shared/protocol/codec.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { causes } from './causes.ts';
import { browser, type Environment } from './environment.ts';
import { Heartbeat } from './heartbeat.ts';
import { Intents, type Receipt } from './intents.ts';
import { KeptReceipts } from './kept-receipts.ts';
import { Line } from './line.ts';
import { offlineError, Requests } from './requests.ts';
import { ServerClock } from './server-clock.ts';
import { Snapshots } from './snapshots.ts';
import { type ChannelListener, Subscriptions, type WantedChannel } from './subscriptions.ts';
import { THINNED_FOR_MS, Thinning } from './thinning.ts';
import {
  type ConnectionEvents,
  type ConnectionSnapshot,
  type Intent,
  type Replies,
  RequestError,
  type RequestMessage,
  type RequestType,
} from './types.ts';

/** A request that nobody answered for so long is given up. */
const REQUEST_TIMEOUT_MS = 15_000;

type Listeners = { [K in keyof ConnectionEvents]: Set<(message: ConnectionEvents[K]) => void> };

/**
 * The one line to the server and what lives on it: channels, requests, receipts, heartbeat. Hands each message to
 * the part that it is for. Knows no React and no screen.
 */
export class Connection {
  readonly #env: Environment;
  readonly #line: Line;
  readonly #snapshots: Snapshots;
  readonly #clock = new ServerClock();
  readonly #thinning = new Thinning();
  readonly #requests = new Requests();
  readonly #subscriptions: Subscriptions;
  readonly #intents: Intents;
  readonly #kept: KeptReceipts;
  readonly #heartbeat: Heartbeat;
  readonly #events: Listeners = { welcome: new Set(), announcement: new Set(), message: new Set() };
  #clientId: string | undefined;
  #rttMs: number | undefined;
  #awaited = (): boolean => false;
  #unwatchPage: (() => void) | undefined;

  constructor(env: Environment) {
    this.#env = env;
    const { now, after, report } = env;
    const ask = this.#requests.ask.bind(this.#requests);
    this.#subscriptions = new Subscriptions({
      ask,
      now,
      after,
      report,
      send: (messages) => this.#send(messages),
      onCaughtUp: () => this.#line.dispatchOf((socket) => ({ type: 'resumed', socket })),
      onProgress: () => this.#snapshots.renew(),
    });
    this.#kept = new KeptReceipts(env.memory, report);
    this.#intents = new Intents({
      ask,
      after,
      report,
      send: (message) => this.#send([message]),
      keep: (receipts) => this.#kept.keep(receipts),
    });
    this.#heartbeat = new Heartbeat({
      now,
      after,
      sendPing: (id, sentAt) => this.#send([{ type: 'ping', id, sentAt }]),
      onRtt: (rttMs) => {
        this.#rttMs = rttMs;
        this.#snapshots.renew();
      },
      onLagging: (cause) => this.#line.dispatchOf((socket) => ({ type: 'lagging', socket, cause })),
      onTime: () => this.#line.dispatchOf((socket) => ({ type: 'onTime', socket })),
      onDead: () => {
        const { heardAt } = this.#heartbeat;
        this.#line.dispatchOf((socket) => ({ type: 'dead', socket, heardAt }));
      },
    });
    this.#line = new Line(env, {
      hello: () => this.#hello(),
      resume: () => this.#subscriptions.resume(),
      flush: () => this.#intents.flush(),
      dropped: () => this.#dropped(),
      heard: () => this.#heartbeat.heard(),
      frame: (data) => this.#receive(data),
      changed: () => this.#snapshots.renew(),
    });
    this.#snapshots = new Snapshots({
      now,
      after,
      state: () => this.#line.state,
      figures: () => ({
        rttMs: this.#rttMs,
        progress: this.#subscriptions.progress,
        every: this.#thinning.every(now()),
      }),
    });
  }

  /** Connects and stays connected. Also the way back from `blocked`, once the person has signed in. */
  start(): void {
    this.#unwatchPage ??= this.#env.watchPage({
      online: () => this.#hint('online'),
      visible: () => this.#hint('visible'),
      offline: () => this.#heartbeat.probe(),
      away: () => this.#line.dispatch({ type: 'away' }),
      awaited: () => this.#awaited(),
    });
    this.#line.dispatch({ type: 'start' });
  }

  /** Leaves, for instance on sign-out. What waited to be sent is forgotten: another person may sit here next. */
  stop(): void {
    this.#unwatchPage?.();
    this.#unwatchPage = undefined;
    this.#intents.clear();
    this.#line.dispatch({ type: 'stop' });
  }

  /** The person wants it now: costs no attempt. */
  reconnectNow(): void {
    this.#line.dispatch({ type: 'now' });
  }

  /**
   * A source that should have spoken did not. It may be the line: asks the server, unless that was just heard, so that
   * a frozen server is not taken for a silent source for longer than it takes to find out.
   */
  doubt(): void {
    this.#heartbeat.doubt();
  }

  /** Who hides this page leaves after a while, unless it is of use unseen. @param awaited asked when that time is over */
  stayWhile(awaited: () => boolean): void {
    this.#awaited = awaited;
  }

  get state(): ConnectionSnapshot {
    return this.#snapshots.current;
  }

  /** Hears of every new `state`. */
  subscribe(listener: () => void): () => void {
    return this.#snapshots.subscribe(listener);
  }

  /** What the server calls this connection; absent while there is none. */
  get clientId(): string | undefined {
    return this.#clientId;
  }

  /** Server clock minus `now()`, ms. */
  get serverTimeOffsetMs(): number {
    return this.#clock.offsetMs;
  }

  /** The page's clock: ms since 1970, steady while the page lives. */
  now(): number {
    return this.#env.now();
  }

  /**
   * Asks and waits for the answer.
   * @throws RequestError (as a rejection): `offline`, `timeout`, or what the server says
   */
  request<T extends RequestType>(message: RequestMessage<T> & { type: T }): Promise<Replies[T]> {
    return new Promise((resolve, reject) => {
      const { name } = this.#line.state.line;
      if (name !== 'live' && name !== 'degraded') {
        reject(offlineError());
        return;
      }
      // The type parameter hides that this is one of the client's messages.
      const asked = this.#requests.ask(message as ClientMessage, (answer) => {
        cancel();
        if (answer instanceof RequestError) reject(answer);
        else resolve(answer as Replies[T]);
      });
      const cancel = this.#env.after(REQUEST_TIMEOUT_MS, () => {
        this.#requests.forget(asked.id);
        const text = 'The server did not answer.';
        reject(new RequestError({ code: 0, name: 'timeout', message: text, retry: true }));
      });
      this.#send([asked]);
    });
  }

  /** Kept while offline (bounded), sent once the line is back, repeated until the server has it. */
  intent(message: Intent): void {
    this.#intents.add(message);
  }

  /** Receipts of this person that the server has not confirmed. */
  get waitingReceipts(): readonly Receipt[] {
    return this.#intents.waiting;
  }

  /** One listener per channel; screens share it through client/live/feed.ts. */
  want(channel: string, history: HistoryRequest, listener: ChannelListener): WantedChannel {
    return this.#subscriptions.want(channel, history, listener);
  }

  on<K extends keyof ConnectionEvents>(
    type: K,
    listener: (message: ConnectionEvents[K]) => void,
  ): () => void {
    this.#events[type].add(listener);
    return () => this.#events[type].delete(listener);
  }

  #hint(type: 'online' | 'visible'): void {
    this.#heartbeat.probe();
    this.#line.dispatch({ type });
  }

  #hello(): void {
    const { build } = this.#env;
    const client = { kind: 'browser' as const, ...(build !== undefined && { build }) };
    this.#send([{ type: 'hello', protocol: PROTOCOL_VERSION, client }]);
  }

  #dropped(): void {
    this.#clientId = undefined;
    this.#rttMs = undefined;
    this.#heartbeat.stop();
    this.#thinning.clear();
    this.#subscriptions.down(this.#heartbeat.heardAt);
    this.#intents.down();
    this.#requests.failAll();
  }

  #send(messages: ClientMessage[]): void {
    this.#line.send(JSON.stringify(messages.length === 1 ? messages[0] : messages));
  }

  #receive(data: unknown): void {
    const messages = typeof data === 'string' ? splitFrame(data) : undefined;
    if (messages === undefined) {
      this.#env.report(new Error('The server sent a frame that is not JSON.'));
      return;
    }
    for (const raw of messages) {
      const message = decodeServerMessage(raw);
      if (message === undefined) continue;
      try {
        this.#handle(message);
      } catch (problem) {
        // One listener's mistake must not cost the others what follows in the frame.
        this.#env.report(problem);
      }
    }
  }

  #handle(message: ServerMessage): void {
    switch (message.type) {
      case 'publication':
        this.#thinning.came();
        this.#subscriptions.publication(message);
        return;
      case 'gap':
        if (message.reason === 'thinned') this.#thinned(message.to - message.from + 1);
        this.#subscriptions.gap(message);
        return;
      case 'welcome': {
        this.#clientId = message.clientId;
        this.#meet(message.account.id);
        this.#heartbeat.start(message.heartbeatMs);
        this.#emit('welcome', message);
        const { spreadMs } = message.reconnect;
        this.#line.dispatchOf((socket) => ({ type: 'welcome', socket, spreadMs }));
        return;
      }
      case 'pong':
        this.#clock.measure(message.sentAt, message.serverTime, this.#env.now());
        this.#heartbeat.pong(message.id);
        this.#requests.answer(message);
        return;
      case 'announcement':
        this.#emit('announcement', message);
        return;
      case 'message':
        if (message.event === SPREAD_EVENT) this.#spread(message.data);
        else this.#emit('message', message);
        return;
      case 'reconnect':
        this.#line.dispatchOf((socket) => ({ type: 'slot', socket, inMs: message.inMs }));
        return;
      case 'unsubscribed':
        if (!this.#requests.answer(message)) this.#subscriptions.ended(message);
        return;
      case 'error':
        if (!this.#requests.answer(message)) this.#env.report(new RequestError(message));
        return;
      default:
        this.#requests.answer(message);
    }
  }

  /** Nothing of one person is sent for the next; what this one did before a reload is. */
  #meet(person: string): void {
    const { changed, receipts } = this.#kept.meet(person);
    if (changed) this.#intents.clearReceipts();
    this.#intents.restore(receipts);
  }

  #spread(data: unknown): void {
    const { spreadMs } = reconnectSpread.parse(data);
    this.#line.dispatchOf((socket) => ({ type: 'spread', socket, spreadMs }));
  }

  #thinned(count: number): void {
    this.#thinning.skipped(count, this.#env.now());
    this.#heartbeat.fellBehind(causes.thinned, THINNED_FOR_MS);
    this.#snapshots.renew();
  }

  #emit<K extends keyof ConnectionEvents>(type: K, message: ConnectionEvents[K]): void {
    for (const listener of this.#events[type]) listener(message);
  }
}

export const connection = new Connection(browser);
