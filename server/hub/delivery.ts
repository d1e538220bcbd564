import { SUBSCRIPTIONS_MAX } from '../../shared/limits.ts';
import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import { errors } from '../../shared/protocol/errors.ts';
import { authorise } from '../auth/authorise.ts';
import type { BusEvents } from '../bus/bus.ts';
import { AppError } from '../errors.ts';
import type { Log } from '../log/log.ts';
import type { Ring } from '../log/ring.ts';
import { Audiences } from './audience.ts';
import { CatchUp } from './catch-up.ts';
import type { Channel } from './channel.ts';
import { Channels } from './channels.ts';
import type { Client } from './client.ts';
import { FanOut } from './fan-out.ts';
import { frameOf } from './frame.ts';
import { startedText, subscribedText } from './messages.ts';
import { Durations, type HubMetrics } from './metrics.ts';
import { Rates } from './rates.ts';
import { beforeFirst, type Placement, place } from './recovery.ts';
import { type Reader, shareReads } from './shared-reads.ts';
import { Subscription } from './subscription.ts';

export interface SubscribeRequest extends Omit<ClientMessageOf<'subscribe'>, 'type'> {
  /** The answer holds no publications: each follows as a message of its own, as the live ones do. */
  apart?: true;
}
export type UnsubscribeRequest = Omit<ClientMessageOf<'unsubscribe'>, 'type'>;

export interface DeliveryOptions {
  log: Log;
  openRing: () => Ring;
  /** The longest that a data publication waits to share a batch. */
  flushMs: number;
  metrics: HubMetrics;
  /** A client's line could not follow, and it left its audience. */
  slow: (client: Client) => void;
  /** A client's outbox has no room. */
  full: (client: Client) => void;
  /** What could not be done now and is tried again. */
  failed: (error: unknown, doing: string) => void;
  /** ms since 1970 */
  clock: () => number;
  /** Monotonic, in ms. */
  now: () => number;
}

/**
 * From the bus to the clients: who hears what, and how far each has come. A subscription at the head shares the
 * batches of an audience; one behind it is a cursor that catches up. Between the two it changes in one synchronous
 * step, so that nothing is lost or doubled.
 */
export class Delivery {
  readonly fanOutMs = new Durations();
  readonly #options: DeliveryOptions;
  readonly #log: Reader;
  readonly #channels: Channels;
  readonly #audiences: Audiences;
  readonly #fanOut: FanOut;
  readonly #catchUp: CatchUp;
  readonly #rates: Rates;
  #publications = 0;
  #deliveries = 0;
  #unreported = { deliveries: 0, bytes: 0 };

  constructor(options: DeliveryOptions) {
    const { clock, failed, flushMs, metrics, now } = options;
    this.#options = options;
    this.#log = shareReads(options.log);
    this.#rates = new Rates(clock);
    this.#fanOut = new FanOut({ flushMs, now, onDone: (tookMs) => this.#reportFanOut(tookMs) });
    this.#audiences = new Audiences({
      onFull: (client) => this.#demote(client),
      onDelivered: (publications, bytes) => {
        this.#unreported.deliveries += publications;
        this.#unreported.bytes += bytes;
      },
    });
    this.#channels = new Channels(
      {
        log: this.#log,
        touched: (audience) => this.#fanOut.touch(audience),
        settled: () => this.#fanOut.schedule(),
        ended: (channel) => this.#end(channel),
        failed,
      },
      options.openRing,
      clock,
    );
    this.#catchUp = new CatchUp({
      log: this.#log,
      reachedHead: (client, subscriptions) => this.#goLive(client, subscriptions),
      full: options.full,
      wrote: (publications, bytes) => {
        this.#unreported.deliveries += publications;
        this.#unreported.bytes += bytes;
      },
      announcedGap: (reason) => metrics.gaps.inc({ reason }),
      failed,
    });
  }

  /** Publications that came in, and those handed to sockets, since the start. */
  get counts(): { publications: number; deliveries: number } {
    return {
      publications: this.#publications,
      deliveries: this.#deliveries + this.#unreported.deliveries,
    };
  }

  deliver(publications: BusEvents['publications']): void {
    for (const publication of publications) {
      this.#publications += 1;
      this.#rates.count(publication.channel);
      this.#channels.get(publication.channel)?.deliver(publication);
    }
    this.#fanOut.schedule();
  }

  /** @throws AppError `forbidden`, `conflict` (it holds the channel already), `tooManySubscriptions` */
  async subscribe(client: Client, { channel: name, ...request }: SubscribeRequest): Promise<void> {
    authorise(client.account, { do: 'channel.read', channel: name });
    if (client.subscriptions.has(name)) {
      throw new AppError('conflict', { message: `You hear ${name} already.` });
    }
    if (client.subscriptions.size >= SUBSCRIPTIONS_MAX) throw new AppError('tooManySubscriptions');
    for (;;) {
      const channel = this.#channels.open(name);
      await channel.opened;
      // An answer may be large: it waits until the line has taken what was written before.
      await client.room();
      const placement = await place(channel, request, this.#log, this.#options.clock());
      if (client.closed) return;
      if (placement && !channel.ended) {
        this.#place(client, channel, placement, request);
        return;
      }
      await channel.verify();
    }
  }

  unsubscribe(client: Client, { id, channel }: UnsubscribeRequest): void {
    const subscription = client.subscriptions.get(channel);
    if (subscription) this.#leave(subscription);
    client.send({
      type: 'unsubscribed',
      ...(id !== undefined && { id }),
      channel,
      code: 0,
      reason: 'As you asked.',
    });
  }

  /** Forgets all that a client held, without writing to it. */
  drop(client: Client): void {
    this.#audiences.remove(client);
    client.behind.clear();
    for (const subscription of client.subscriptions.values()) this.#forget(subscription);
    client.subscriptions.clear();
  }

  /** There is room in a client's outbox again. */
  resume(client: Client): void {
    client.roomAgain();
    this.#catchUp.run(client);
  }

  /** The numbering of a channel is over: its subscribers must load anew (REC-6). */
  endEpoch(name: string): void {
    const channel = this.#channels.get(name);
    if (channel) this.#end(channel);
  }

  subscribers(channel: string): number {
    return this.#channels.get(channel)?.subscriptions.size ?? 0;
  }

  rate(channel: string): number {
    return this.#rates.of(channel);
  }

  /** Compares what is shown with the log: the bus is an accelerator only. */
  verify(): Promise<void> {
    return this.#channels.verify();
  }

  sweep(): void {
    this.#channels.sweep();
    this.#rates.sweep();
  }

  close(): void {
    this.#fanOut.close();
  }

  #place(
    client: Client,
    channel: Channel,
    placement: Placement,
    { id, apart }: Pick<SubscribeRequest, 'id' | 'apart'>,
  ): void {
    const { answer, gap, promised } = placement;
    const cursor = apart ? beforeFirst(placement) : placement.cursor;
    const subscription = new Subscription(client, channel, cursor, promised);
    client.subscriptions.set(channel.name, subscription);
    client.behind.add(subscription);
    channel.subscriptions.add(subscription);
    const texts = [
      apart
        ? startedText(channel.name, answer, gap ? gap.from - 1 : cursor)
        : subscribedText(id, channel.name, answer),
    ];
    if (gap) texts.push(channel.gapText(gap));
    client.write(frameOf(texts));
    const { metrics } = this.#options;
    if (gap) metrics.gaps.inc({ reason: gap.reason });
    if (answer.recovered !== undefined) metrics.recoveries.inc({ result: answer.reason ?? 'complete' });
    this.#catchUp.run(client);
  }

  /** The cursors stand at the head, and no publication can come in before this returns. */
  #goLive(client: Client, subscriptions: readonly Subscription[]): void {
    for (const subscription of subscriptions) {
      subscription.live = true;
      client.behind.delete(subscription);
    }
    if (client.behind.size === 0) client.slow = false;
    this.#regroup(client);
  }

  #regroup(client: Client): void {
    const live = [...client.subscriptions.values()].filter((one) => one.live).map((one) => one.channel);
    this.#audiences.move(client, live);
  }

  /** A client's line cannot follow: each of its live subscriptions becomes a cursor at what it has got (SLOW-1). */
  #demote(client: Client): void {
    const positions = client.audience?.positions(client);
    this.#audiences.remove(client);
    for (const subscription of client.subscriptions.values()) {
      if (!subscription.live) continue;
      subscription.live = false;
      subscription.offset = positions?.get(subscription.channel) ?? subscription.channel.head;
      client.behind.add(subscription);
    }
    this.#options.full(client);
    if (client.slow) return;
    client.slow = true;
    this.#options.metrics.slowClients.inc();
    this.#options.slow(client);
  }

  #leave(subscription: Subscription): void {
    const { client, channel } = subscription;
    client.subscriptions.delete(channel.name);
    client.behind.delete(subscription);
    if (subscription.live) this.#regroup(client);
    this.#forget(subscription);
  }

  #forget(subscription: Subscription): void {
    const { channel } = subscription;
    channel.subscriptions.delete(subscription);
    if (channel.subscriptions.size === 0) channel.unusedSince = this.#options.clock();
  }

  #end(channel: Channel): void {
    this.#channels.forget(channel);
    const { code, text } = errors.positionLost;
    for (const subscription of [...channel.subscriptions]) {
      this.#leave(subscription);
      subscription.client.send({ type: 'unsubscribed', channel: channel.name, code, reason: text });
    }
  }

  #reportFanOut(tookMs: number): void {
    const { metrics } = this.#options;
    const { deliveries, bytes } = this.#unreported;
    this.fanOutMs.add(tookMs);
    metrics.fanoutSeconds.observe(tookMs / 1_000);
    metrics.deliveries.inc(deliveries);
    metrics.sentBytes.inc(bytes);
    this.#deliveries += deliveries;
    this.#unreported = { deliveries: 0, bytes: 0 };
  }
}
