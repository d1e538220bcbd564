import type { HistoryRequest } from '../../shared/protocol/client-messages.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { Bucket, Gap, PublicationItem } from '../../shared/protocol/publication.ts';
import type { ChannelListener, Subscribed } from '../connection/subscriptions.ts';
import type { RequestError } from '../connection/types.ts';
import { learnedInterval } from './staleness.ts';
import type { Feed, FeedGap, FeedListener, FeedPoint, FeedState } from './types.ts';

/** Most publications held of one channel, however long the window. */
export const POINTS_MAX = 10_000;
/** Older interruptions are of no more use on a screen. */
const GAPS_MAX = 64;
/** So many recent data say how often the channel speaks. */
const INTERVAL_SAMPLES = 32;

/**
 * Loads the newest publications up to a position, beside a history that came thinned.
 * @param count most publications wanted
 */
export type LoadTail = (
  channel: string,
  head: Position,
  count: number,
) => Promise<readonly PublicationItem[]>;

/** What a feed asks for, and holds. `tail`: newest publications wanted beside thinned history. */
export interface FeedNeed extends HistoryRequest {
  tail?: number;
}

export interface FeedClock {
  /** ms, the page's clock */
  now(): number;
  /** Server clock minus that. */
  readonly serverTimeOffsetMs: number;
}

/**
 * What one channel said lately, and what of it is missing. Takes what the connection hands it, in order, and passes it
 * on at once: a point costs one object and one call per listener.
 */
export class ChannelFeed implements Feed, ChannelListener {
  readonly channel: string;
  readonly #clock: FeedClock;
  readonly #loadTail: LoadTail;
  readonly #listeners = new Set<FeedListener>();
  #windowMs = Number.POSITIVE_INFINITY;
  #most = POINTS_MAX;
  #tail = 0;
  /** Counts the beginnings: a tail that was loaded for an earlier one is of no use. */
  #beginning = 0;
  #points: FeedPoint[] = [];
  #buckets: readonly Bucket[] = [];
  #gaps: FeedGap[] = [];
  /** The gap at the end of `#gaps` that the next datum ends. */
  #lossOpen = false;
  #phase: FeedState['phase'] = 'loading';
  #error: RequestError | undefined;
  #received = 0;
  #lastReceivedAt: number | undefined;
  #state: FeedState | undefined;

  constructor(channel: string, clock: FeedClock, loadTail: LoadTail) {
    this.channel = channel;
    this.#clock = clock;
    this.#loadTail = loadTail;
  }

  /** Bounds what is held from now on to what was asked for. */
  keep({ ms, limit, tail = 0 }: FeedNeed): void {
    this.#windowMs = ms ?? Number.POSITIVE_INFINITY;
    this.#tail = tail;
    this.#most = Math.min(limit ?? POINTS_MAX, POINTS_MAX);
  }

  get state(): FeedState {
    this.#state ??= this.#describe();
    return this.#state;
  }

  get last(): FeedPoint | undefined {
    return this.#points.at(-1);
  }

  points(): readonly FeedPoint[] {
    return this.#points.slice(this.#firstKept());
  }

  buckets(): readonly Bucket[] {
    return this.#buckets;
  }

  gaps(): readonly FeedGap[] {
    return this.#gaps;
  }

  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribed({ how, head, missed, publications, buckets }: Subscribed): void {
    const offline = this.#endOffline();
    this.#beginning += 1;
    this.#phase = 'live';
    this.#error = undefined;
    if (how === 'anew') {
      this.#points = [];
      this.#received = 0;
      this.#buckets = buckets ?? [];
      for (const item of publications) this.#append(item, item.time);
      this.#noteHistoryEnd();
      // Buckets are the whole history again. Otherwise the numbering is another: what was missed nobody knows.
      if (offline && !buckets) this.#addGap({ ...offline, kind: 'lost' });
      for (const listener of this.#listeners) listener.reset?.();
      if (buckets && this.#tail > 0 && head.offset > 0) this.#fetchTail(head);
    } else {
      if (offline && how === 'torn') this.#addGap({ ...offline, kind: 'lost' });
      if (offline && how === 'continued' && missed > 0) {
        this.#addGap({ ...offline, kind: 'recovered', count: missed });
      }
      for (const item of publications) this.#tell(this.#append(item, item.time));
    }
    this.#changed();
  }

  publication(item: PublicationItem): void {
    if (this.#lossOpen) this.#endLoss(item.time);
    this.#tell(this.#append(item, this.#serverNow()));
  }

  gap({ from, to }: Gap): void {
    const count = to - from + 1;
    const latest = this.#gaps.at(-1);
    const first = this.#points.at(-1)?.offset ?? 0;
    if (latest?.kind === 'lost' && to < first) {
      // It lies before what came with the answer: the span is known already, only not how much it cost.
      this.#gaps = [...this.#gaps.slice(0, -1), { ...latest, count: latest.count + count }];
    } else {
      const now = this.#serverNow();
      this.#addGap({ from: this.#points.at(-1)?.time ?? now, to: now, kind: 'lost', count });
      this.#lossOpen = true;
    }
    this.#changed();
  }

  lost(heardAt: number): void {
    if (this.#phase !== 'live' || this.#gaps.at(-1)?.to === Number.POSITIVE_INFINITY) return;
    this.#lossOpen = false;
    const from = heardAt + this.#clock.serverTimeOffsetMs;
    this.#addGap({ from, to: Number.POSITIVE_INFINITY, kind: 'offline', count: 0 });
    this.#changed();
  }

  failed(error: RequestError): void {
    this.#phase = 'failed';
    this.#error = error;
    if (!error.retry) {
      // Who may not read the channel any more keeps nothing of it.
      this.#points = [];
      this.#buckets = [];
      this.#gaps = [];
      this.#lastReceivedAt = undefined;
      for (const listener of this.#listeners) listener.reset?.();
    }
    this.#changed();
  }

  #append({ offset, time, data }: PublicationItem, receivedAt: number): FeedPoint {
    const point: FeedPoint = { offset, time, data };
    this.#points.push(point);
    // Cut off in one piece now and then: shifting each time would cost the whole length.
    if (this.#points.length >= 2 * this.#most + 64) this.#points = this.#points.slice(this.#firstKept());
    this.#received += 1;
    this.#lastReceivedAt = Math.min(receivedAt, this.#serverNow());
    this.#state = undefined;
    return point;
  }

  #tell(point: FeedPoint): void {
    for (const listener of this.#listeners) listener.point?.(point);
  }

  #fetchTail(head: Position): void {
    const beginning = this.#beginning;
    this.#loadTail(this.channel, head, this.#tail)
      .then((items) => {
        const [oldest] = items;
        if (beginning !== this.#beginning || this.#phase !== 'live' || oldest === undefined) return;
        this.#points = [...items, ...this.#points];
        // Where the data itself is known its thinning is not wanted; the bucket in which it begins stays.
        this.#buckets = this.#buckets.filter((bucket) => bucket.from < oldest.time);
        for (const listener of this.#listeners) listener.reset?.();
        this.#changed();
      })
      .catch((problem: unknown) => reportError(problem));
  }

  /** Thinned history brings no data, but it says until when there was some. */
  #noteHistoryEnd(): void {
    const end = this.#buckets.at(-1)?.to;
    if (end !== undefined && this.#points.length === 0) {
      this.#lastReceivedAt = Math.min(end, this.#serverNow());
    }
  }

  #firstKept(): number {
    const points = this.#points;
    const newest = points.at(-1);
    if (newest === undefined) return 0;
    let first = Math.max(0, points.length - this.#most);
    const oldestTime = newest.time - this.#windowMs;
    while ((points[first] as FeedPoint).time < oldestTime) first++;
    return first;
  }

  #endOffline(): FeedGap | undefined {
    const latest = this.#gaps.at(-1);
    if (latest?.to !== Number.POSITIVE_INFINITY) return undefined;
    this.#gaps = this.#gaps.slice(0, -1);
    return { ...latest, to: this.#serverNow() };
  }

  #endLoss(time: number): void {
    this.#lossOpen = false;
    const latest = this.#gaps.at(-1);
    if (latest === undefined) return;
    this.#gaps = [...this.#gaps.slice(0, -1), { ...latest, to: Math.max(latest.from, time) }];
    for (const listener of this.#listeners) listener.change?.();
  }

  #addGap(gap: FeedGap): void {
    this.#gaps = [...this.#gaps.slice(1 - GAPS_MAX), gap];
  }

  #serverNow(): number {
    return this.#clock.now() + this.#clock.serverTimeOffsetMs;
  }

  #changed(): void {
    this.#state = undefined;
    for (const listener of this.#listeners) listener.change?.();
  }

  #describe(): FeedState {
    const lastTime = this.#points.at(-1)?.time ?? this.#buckets.at(-1)?.to;
    const intervalMs = this.#learnInterval();
    return {
      phase: this.#phase,
      received: this.#received,
      ...(this.#error && { error: { name: this.#error.reason, message: this.#error.message } }),
      ...(lastTime !== undefined && { lastTime }),
      ...(this.#lastReceivedAt !== undefined && { lastReceivedAt: this.#lastReceivedAt }),
      ...(intervalMs !== undefined && { intervalMs }),
    };
  }

  #learnInterval(): number | undefined {
    const learned = learnedInterval(this.#points.slice(-INTERVAL_SAMPLES).map((point) => point.time));
    const bucket = this.#buckets.at(-1);
    if (learned !== undefined || bucket === undefined || bucket.count < 2) return learned;
    return (bucket.to - bucket.from) / bucket.count;
  }
}
