import type { HistoryRequest } from '../../shared/protocol/client-messages.ts';
import { connection } from '../connection/connection.ts';
import type { ChannelListener, WantedChannel } from '../connection/subscriptions.ts';
import { ChannelFeed, type FeedClock, type FeedNeed, type LoadTail, POINTS_MAX } from './channel-feed.ts';
import { loadTail } from './load-tail.ts';
import type { Feed, FeedOptions } from './types.ts';

export type { Feed, FeedGap, FeedListener, FeedOptions, FeedPoint, FeedState } from './types.ts';

/** After the last screen closed a channel it is kept so long: going to the editor and back costs nothing. */
const LINGER_MS = 5_000;
/** History of a channel that nobody asked any of: its newest value, so that no screen begins empty. */
const NEWEST_ONLY: FeedNeed = { limit: 1 };

export interface FeedSource extends FeedClock {
  want(channel: string, history: HistoryRequest, listener: ChannelListener): WantedChannel;
}

interface OpenFeed {
  readonly feed: ChannelFeed;
  readonly openers: Set<FeedOptions>;
  /** Absent until the turn of the event loop ends in which the feed was opened. */
  wanted?: WantedChannel;
  asked: FeedNeed;
  closing?: ReturnType<typeof setTimeout> | undefined;
}

/** All open feeds: one subscription per channel, however many screens read it. */
export class Feeds {
  readonly #source: FeedSource;
  readonly #loadTail: LoadTail;
  readonly #open = new Map<string, OpenFeed>();

  constructor(source: FeedSource, tail: LoadTail) {
    this.#source = source;
    this.#loadTail = tail;
  }

  /**
   * Opens a channel, or joins those who have it open. The history asked for is what all of them together need; where
   * one of them wants it thinned to `points`, all get `buckets()` in its place, and those who asked for the newest
   * publications get them a moment later.
   */
  open(channel: string, options: FeedOptions = {}): { feed: Feed; close(): void } {
    let held = this.#open.get(channel);
    if (held === undefined) {
      held = { feed: new ChannelFeed(channel, this.#source, this.#loadTail), openers: new Set(), asked: {} };
      this.#open.set(channel, held);
    }
    clearTimeout(held.closing);
    held.closing = undefined;
    const opener = { ...options };
    held.openers.add(opener);
    const opened = held;
    // The tiles of a board open one after the other in one turn: ask once, for the most that any of them needs.
    queueMicrotask(() => this.#settle(opened));
    return { feed: opened.feed, close: () => this.#close(opened, opener) };
  }

  get all(): readonly Feed[] {
    return [...this.#open.values()].map(({ feed }) => feed);
  }

  #settle(held: OpenFeed): void {
    if (this.#open.get(held.feed.channel) !== held) return;
    const needed = together([...held.openers]);
    if (held.wanted === undefined) {
      held.asked = needed;
      held.feed.keep(needed);
      held.wanted = this.#source.want(held.feed.channel, historyOf(needed), held.feed);
      return;
    }
    if (!exceeds(needed, held.asked)) return;
    held.asked = needed;
    held.feed.keep(needed);
    held.wanted.reload(historyOf(needed));
  }

  #close(held: OpenFeed, opener: FeedOptions): void {
    held.openers.delete(opener);
    if (held.openers.size > 0 || held.closing !== undefined) return;
    held.closing = setTimeout(() => {
      this.#open.delete(held.feed.channel);
      held.wanted?.release();
    }, LINGER_MS);
  }
}

const feeds = new Feeds(connection, loadTail);

/** The recent data of a channel, shared with whoever else reads it. `close` when the screen goes. */
export function openFeed(channel: string, options?: FeedOptions): { feed: Feed; close(): void } {
  return feeds.open(channel, options);
}

/** Every channel that is open now. */
export function openFeeds(): readonly Feed[] {
  return feeds.all;
}

/** The least that satisfies everybody. */
function together(openers: readonly FeedOptions[]): FeedNeed {
  const ms = most(openers.map((one) => one.historyMs));
  const points = most(openers.map((one) => one.points));
  const limit = most(openers.map((one) => one.limit));
  if (ms === undefined && points === undefined) {
    return limit === undefined ? NEWEST_ONLY : { limit: Math.min(limit, POINTS_MAX) };
  }
  // A count bounds only where nobody wants a stretch of time: that one needs as many as there are. Whoever asked for
  // nothing but a count is promised it, be the stretch empty or thinned.
  const counting = openers.filter((one) => one.historyMs === undefined && one.points === undefined);
  const tail = most(counting.map((one) => one.limit ?? 1));
  return {
    ...(ms !== undefined && { ms }),
    ...(points !== undefined && { points }),
    ...(tail !== undefined && { tail }),
  };
}

function historyOf({ tail: _own, ...history }: FeedNeed): HistoryRequest {
  return history;
}

/** Whether what is held is too short, or too coarse: a day in so many buckets is no good picture of five minutes. */
function exceeds(needed: FeedNeed, asked: FeedNeed): boolean {
  return (
    (needed.ms !== undefined && coarseness(needed) * 2 < coarseness(asked)) ||
    (needed.ms ?? 0) > (asked.ms ?? 0) ||
    (needed.points ?? 0) > (asked.points ?? 0) ||
    (needed.tail ?? 0) > (asked.tail ?? 0) ||
    (asked.ms === undefined && (needed.limit ?? 0) > (asked.limit ?? 0))
  );
}

/** Time that one held value stands for (ms); 0 for publications as they are. */
function coarseness({ ms, points }: FeedNeed): number {
  return ms === undefined || points === undefined ? 0 : ms / points;
}

function most(values: readonly (number | undefined)[]): number | undefined {
  const given = values.filter((value) => value !== undefined);
  return given.length === 0 ? undefined : Math.max(...given);
}
