import { EventEmitter } from 'node:events';
import { type CloseName, closeCodes } from '../../shared/protocol/close-codes.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Bus, BusEvents, Recipients } from '../bus/bus.ts';
import type { Log } from '../log/log.ts';
import type { Ring } from '../log/ring.ts';
import type { Client } from './client.ts';
import { Delivery, type SubscribeRequest, type UnsubscribeRequest } from './delivery.ts';
import { frameOf } from './frame.ts';
import type { HubMetrics, HubStats } from './metrics.ts';
import { recipientTest } from './recipients.ts';

/** A client whose outbox has had no room for so long is closed (SLOW-1). */
const FULL_MAX_MS = 30_000;
const VERIFY_EVERY_S = 10;
const SWEEP_EVERY_S = 60;

export interface HubOptions {
  log: Log;
  bus: Bus;
  openRing: () => Ring;
  /** The longest that a data publication waits to share a batch. */
  flushMs: number;
  metrics: HubMetrics;
  /** What could not be done now and is tried again. */
  failed: (error: unknown, doing: string) => void;
  /** ms since 1970 */
  clock: () => number;
  /** Monotonic, in ms. */
  now?: () => number;
}

/** `slow`: a client's line could not follow, and it left its audience. */
export type HubEvent = 'register' | 'unregister' | 'view' | 'slow';

/**
 * The clients of this node: who is connected, what each hears and shows. Publications come in over the bus after the
 * log has kept them, and go out in batches; messages to people go out at once.
 */
export class Hub {
  readonly #clock: () => number;
  readonly #clients = new Map<string, Client>();
  readonly #byAccount = new Map<string, Set<Client>>();
  readonly #full = new Set<Client>();
  readonly #events = new EventEmitter();
  readonly #delivery: Delivery;
  readonly #stopListening: (() => void)[];
  readonly #timer: NodeJS.Timeout;

  constructor({ bus, now = () => performance.now(), ...options }: HubOptions) {
    this.#clock = options.clock;
    this.#delivery = new Delivery({
      ...options,
      now,
      slow: (client) => this.#events.emit('slow', client),
      full: (client) => {
        client.fullSince ??= this.#clock();
        this.#full.add(client);
      },
    });
    this.#stopListening = [
      bus.on('publications', (publications) => this.#delivery.deliver(publications)),
      bus.on('send', ({ to, message }) => this.send(to, message)),
      bus.on('close', (event) => this.#closeClients(event)),
      bus.on('epochEnded', ({ channel }) => this.#delivery.endEpoch(channel)),
    ];
    let seconds = 0;
    this.#timer = setInterval(() => {
      seconds += 1;
      this.#everySecond(seconds);
    }, 1_000);
    this.#timer.unref();
  }

  get size(): number {
    return this.#clients.size;
  }

  clients(): Iterable<Client> {
    return this.#clients.values();
  }

  client(id: string): Client | undefined {
    return this.#clients.get(id);
  }

  clientsOf(accountId: string): ReadonlySet<Client> {
    return this.#byAccount.get(accountId) ?? new Set();
  }

  /** @returns a function that ends the listening */
  on(event: HubEvent, listener: (client: Client) => void): () => void {
    this.#events.on(event, listener);
    return () => this.#events.off(event, listener);
  }

  register(client: Client): void {
    this.#clients.set(client.id, client);
    const { id } = client.account;
    const same = this.#byAccount.get(id) ?? new Set();
    this.#byAccount.set(id, same.add(client));
    this.#events.emit('register', client);
  }

  /** Forgets a client and all it held, whatever became of its socket. A second call does nothing. */
  unregister(client: Client): void {
    if (!this.#clients.delete(client.id)) return;
    client.gone();
    this.#full.delete(client);
    this.#delivery.drop(client);
    const same = this.#byAccount.get(client.account.id);
    same?.delete(client);
    if (same?.size === 0) this.#byAccount.delete(client.account.id);
    this.#events.emit('unregister', client);
  }

  /** What a client shows now. */
  view(client: Client, shown: { board?: string | undefined; editing?: boolean | undefined }): void {
    if (shown.board === undefined) delete client.board;
    else client.board = shown.board;
    client.editing = shown.editing === true;
    this.#events.emit('view', client);
  }

  /** The connections of this node that a message is for, each once. */
  matching(to: Recipients): Client[] {
    return [...this.#clients.values()].filter(recipientTest(to));
  }

  /**
   * Sends to the connections of this node; those of other nodes are told by the bus (`send`).
   * @returns how many it was written to
   */
  send(to: Recipients, message: ServerMessage): number {
    const clients = this.matching(to);
    if (clients.length === 0) return 0;
    const frame = frameOf([JSON.stringify(message)]);
    for (const client of clients) client.send(message, frame);
    return clients.length;
  }

  /**
   * Subscribes, answers, and feeds the subscription from then on. Orders of one client are done one after the other.
   * @throws AppError `forbidden`, `conflict` (it holds the channel already), `tooManySubscriptions`
   */
  subscribe(client: Client, request: SubscribeRequest): Promise<void> {
    return client.inOrder(() => this.#delivery.subscribe(client, request));
  }

  /** Ends a subscription and answers; nothing of the channel follows (LAN-1). From none: answers just so. */
  unsubscribe(client: Client, request: UnsubscribeRequest): Promise<void> {
    return client.inOrder(() => this.#delivery.unsubscribe(client, request));
  }

  /** How many clients of this node hear a channel. */
  subscribers(channel: string): number {
    return this.#delivery.subscribers(channel);
  }

  /** Publications a second, over the last ten. */
  rate(channel: string): number {
    return this.#delivery.rate(channel);
  }

  /** There may be room in a client's outbox again. Without it, the client stays full: a trickle is no room. */
  resume(client: Client): void {
    if (!client.hasRoom) return;
    this.#full.delete(client);
    this.#delivery.resume(client);
  }

  stats(): HubStats {
    let subscriptions = 0;
    let outboxBytes = 0;
    const people = new Set<string>();
    for (const client of this.#clients.values()) {
      subscriptions += client.subscriptionCount;
      outboxBytes += client.outboxBytes;
      if (client.account.kind === 'person') people.add(client.account.id);
    }
    const { fanOutMs, counts } = this.#delivery;
    return {
      connections: this.size,
      people: people.size,
      subscriptions,
      outboxBytes,
      ...counts,
      fanoutMs: { p50: fanOutMs.percentile(0.5), p95: fanOutMs.percentile(0.95) },
    };
  }

  close(): void {
    clearInterval(this.#timer);
    for (const stop of this.#stopListening) stop();
    this.#delivery.close();
  }

  #closeClients({ accountId, sessionId, clientId, code, reason }: BusEvents['close']): void {
    const why = closeNameOf(code);
    for (const client of [...this.#clients.values()]) {
      const { account } = client;
      const meant =
        client.id === clientId ||
        account.id === accountId ||
        (sessionId !== undefined && account.sessionId === sessionId);
      if (meant) client.close(why, reason);
    }
  }

  #everySecond(seconds: number): void {
    const before = this.#clock() - FULL_MAX_MS;
    for (const client of this.#full) {
      if (client.fullSince !== undefined && client.fullSince <= before) client.close('slow');
    }
    if (seconds % VERIFY_EVERY_S === 0) void this.#delivery.verify();
    if (seconds % SWEEP_EVERY_S === 0) this.#delivery.sweep();
  }
}

function closeNameOf(code: number): CloseName {
  const names = Object.keys(closeCodes) as CloseName[];
  return names.find((name) => closeCodes[name].code === code) ?? 'policy';
}
