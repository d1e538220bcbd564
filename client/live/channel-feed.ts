import type { HistoryRequest } from '../../shared/protocol/client-messages.ts';
import type { Position } from '../../shared/protocol/position.ts';
import type { Bucket, Gap, PublicationItem } from '../../shared/protocol/publication.ts';
import type { ChannelListener, Subscribed } from '../connection/subscriptions.ts';
import type { RequestError } from '../connection/types.ts';
import { GapList } from './gap-list.ts';
import { learnedInterval } from './staleness.ts';
import type { Feed, FeedGap, FeedListener, FeedPoint, FeedState } from './types.ts';

/** Most publications held of one channel, however long the window. */
export const POINTS_MAX = 10_000;
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
  /** Counts the answers to a subscribe: a tail that was loaded after an earlier one is of no use. */
  #answers = 0;
  #tailMissing = false;
  /** Up to this offset thinned history stands for the data, also for what is missing of it. */
  #thinnedUpTo = 0;
  #points: FeedPoint[] = [];
  #buckets: readonly Bucket[] = [];
  readonly #gaps = new GapList();
  /** The numbering that `#points` are of. */
  #epoch = '';
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
    return this.#gaps.all;
  }

  listen(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribed({ how, head, missed, publications, buckets }: Subscribed): void {
    const outage = this.#gaps.comeBack(this.#serverNow());
    this.#answers += 1;
    this.#thinnedUpTo = buckets ? head.offset : 0;
    this.#error = undefined;
    if (how === 'anew') {
      this.#begin(head, publications, buckets);
      // Buckets are the whole history again. Otherwise the numbering is another: what was missed nobody knows.
      if (outage && !buckets) this.#gaps.lost(outage, 'numbering');
      if (outage && missed > 0) this.#gaps.recovered(outage, missed);
      for (const listener of this.#listeners) listener.reset?.();
    } else {
      if (outage && how === 'torn') this.#gaps.lost(outage, 'line', publications[0]?.time);
      if (outage && how === 'continued' && missed > 0) this.#gaps.recovered(outage, missed);
      for (const item of publications) this.#tell(this.#append(item, item.time));
    }
    const empty = this.#points.length === 0 && this.#buckets.length === 0;
    this.#phase = empty && this.#tailMissing ? 'loading' : 'live';
    if (this.#tailMissing) this.#fetchTail(head);
    this.#changed();
  }

  publication(item: PublicationItem): void {
    this.#phase = 'live';
    if (this.#gaps.heard(item.time)) for (const listener of this.#listeners) listener.change?.();
    this.#tell(this.#append(item, this.#serverNow()));
  }

  gap({ from, to, reason }: Gap): void {
    if (to <= this.#thinnedUpTo) return;
    const count = to - from + 1;
    const newest = this.#points.at(-1);
    const now = this.#serverNow();
    const since = newest?.time ?? now;
    if (reason === 'thinned') this.#gaps.thinned(since, now, count);
    // Below the newest offset it lies before what came with the answer, in a span that is known already.
    else if (to >= (newest?.offset ?? 0) || !this.#gaps.countLost(count))
      this.#gaps.skipped(since, now, count);
    this.#changed();
  }

  lost(heardAt: number): void {
    if (this.#phase !== 'live' || this.#gaps.offline) return;
    this.#gaps.goOffline(heardAt + this.#clock.serverTimeOffsetMs);
    this.#changed();
  }

  failed(error: RequestError): void {
    this.#phase = 'failed';
    this.#error = error;
    if (!error.retry) {
      // Who may not read the channel any more keeps nothing of it.
      this.#points = [];
      this.#buckets = [];
      this.#gaps.clear();
      this.#tailMissing = false;
      this.#lastReceivedAt = undefined;
      for (const listener of this.#listeners) listener.reset?.();
    }
    this.#changed();
  }

  /** Replaces all that is held by the answer to a subscribe. */
  #begin(
    head: Position,
    publications: readonly PublicationItem[],
    buckets: readonly Bucket[] | undefined,
  ): void {
    // A window was widened: the newest datum is still the newest until the tail has come.
    const newest = head.epoch === this.#epoch ? this.#points.slice(-1) : [];
    this.#points = publications.length > 0 ? [] : newest;
    this.#epoch = head.epoch;
    this.#received = this.#points.length;
    this.#buckets = buckets ?? [];
    for (const item of publications) this.#append(item, item.time);
    this.#noteHistoryEnd();
    // The window may begin after the newest datum, and thinned history has no data in it.
    const nothing = publications.length === 0 && this.#buckets.length === 0;
    const fewest = Math.min(head.offset, Math.max(this.#tail, nothing ? 1 : 0));
    const more = publications.length > 0 && publications.at(-1)?.offset !== head.offset;
    this.#tailMissing = !more && publications.length < fewest;
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
    const answer = this.#answers;
    this.#loadTail(this.channel, head, Math.max(1, this.#tail))
      .then((items) => {
        if (answer === this.#answers && this.#phase !== 'failed') this.#prepend(items);
      })
      .catch((problem: unknown) => {
        // What is live goes on without it; the next answer tries again.
        console.warn(`The newest of ${this.channel} could not be loaded.`, problem);
        if (answer !== this.#answers || this.#phase !== 'loading') return;
        this.#phase = 'live';
        this.#changed();
      });
  }

  /** Puts what was loaded in its place, before what came meanwhile. */
  #prepend(items: readonly PublicationItem[]): void {
    this.#tailMissing = false;
    this.#phase = 'live';
    const [oldest] = items;
    if (oldest !== undefined) {
      const until = (items.at(-1) as PublicationItem).offset;
      const before = this.#points.filter(({ offset }) => offset < oldest.offset);
      this.#points = [...before, ...items, ...this.#points.filter(({ offset }) => offset > until)];
      this.#received = this.#points.length;
      const newest = this.#points.at(-1) as FeedPoint;
      this.#lastReceivedAt ??= Math.min(newest.time, this.#serverNow());
      // Where the data itself is known its thinning is not wanted; the bucket in which it begins stays.
      this.#buckets = this.#buckets.filter((bucket) => bucket.from < oldest.time);
      for (const listener of this.#listeners) listener.reset?.();
    }
    this.#changed();
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
    // The newest ones that somebody counts on stay, however old they are.
    const counted = points.length - Math.max(1, this.#tail);
    while (first < counted && (points[first] as FeedPoint).time < oldestTime) first++;
    return first;
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
