import type { ChannelOptions } from '../../shared/api/publications.ts';
import type { Bucket } from '../../shared/protocol/publication.ts';
import type { AppError } from '../errors.ts';

/** One kept publication. `data` is JSON text, `time` the producer's (ms since 1970 UTC). */
export interface StoredPublication {
  offset: number;
  time: number;
  data: string;
}

export interface AppendItem {
  channel: string;
  time: number;
  data: string;
  /** Idempotency key: the same one within five minutes gives one publication. */
  key?: string;
}

export interface Appended {
  epoch: string;
  offset: number;
  /** The key was seen before with the same data; this is the position of then. */
  duplicate?: true;
}

export interface ChannelHead {
  epoch: string;
  /** Newest offset; 0 while nothing was published. */
  offset: number;
  /** Oldest offset still kept; head + 1 when none is. */
  oldest: number;
  lastTime?: number;
  options: ChannelOptions;
}

export interface ReadResult extends ChannelHead {
  /** Oldest first, offsets rising by 1. */
  publications: StoredPublication[];
}

/** A page of `readRange` ends at about so much data, whatever its limit. */
export const HISTORY_PAGE_BYTES = 8 * 1024 * 1024;

export interface HistoryRange {
  /** from ≤ time < to, in ms */
  from?: number;
  to?: number;
  /** Only offsets above this one. */
  after?: number;
}

/**
 * The truth about channels: offsets, epochs, history. What is appended is kept before the promise resolves, as the
 * channel's durability says. Nothing above this folder knows which database stands behind it.
 */
export interface Log {
  /**
   * Keeps publications and numbers them, in the order given. Calls commit together where they can (group commit).
   * For each channel, calls resolve in offset order, so that whoever delivers right afterwards delivers in that order.
   * @returns per item its position, or the AppError that refused it (`conflict`: key used with other data;
   *   `overloaded`: too many channels)
   * @throws AppError `storageFull` or `overloaded` when the database refuses: then nothing of the call is kept
   */
  append(items: readonly AppendItem[]): Promise<(Appended | AppError)[]>;

  /** Head of a channel, also of one that has no publication yet: its epoch is already the one it will have (REC-6). */
  head(channel: string): Promise<ChannelHead>;

  /** Publications after an offset, oldest first, up to `limit` of them and about `maxBytes` of data (at least one). */
  readAfter(channel: string, after: number, limit: number, maxBytes: number): Promise<ReadResult>;

  /** The newest publications, oldest first: at most `limit`, arrived in the last `ms`, about `maxBytes` of data. */
  readNewest(channel: string, most: { limit: number; maxBytes: number; ms?: number }): Promise<ReadResult>;

  /** Publications of a range, oldest first, about HISTORY_PAGE_BYTES at most. `next` is the offset to go on after. */
  readRange(
    channel: string,
    range: HistoryRange,
    limit: number,
  ): Promise<{ epoch: string; publications: StoredPublication[]; next?: number }>;

  /**
   * A range thinned to at most `points` buckets with min, max and last per numeric field; from rollups of a minute
   * where the publications themselves have gone (HIS-1). Empty buckets are left out.
   */
  readBuckets(
    channel: string,
    range: HistoryRange,
    points: number,
  ): Promise<{ epoch: string; buckets: Bucket[] }>;

  /** Channels by name, those after `after` that a pattern covers (all without one). */
  channels(query: {
    match?: string;
    after?: string;
    limit: number;
  }): Promise<(ChannelHead & { channel: string })[]>;

  /**
   * Sets options; absent fields stay. A change of durability begins a new epoch.
   * @returns the head after, and whether the epoch changed
   */
  configure(channel: string, options: ChannelOptions): Promise<ChannelHead & { epochChanged: boolean }>;

  /** Forgets a channel and its history. Its name begins a new epoch. False: there was none. */
  drop(channel: string): Promise<boolean>;

  /** Rejects while the database cannot be written. */
  check(): Promise<void>;

  /** Waits for what was appended, then closes. */
  close(): Promise<void>;
}
