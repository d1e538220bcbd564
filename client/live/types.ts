import type { Bucket } from '../../shared/protocol/publication.ts';

/** One datum as it is kept in memory. `time` is the producer's, ms since 1970 UTC. */
export interface FeedPoint {
  readonly offset: number;
  readonly time: number;
  readonly data: unknown;
}

/**
 * A span in which this page did not hear all of the channel. `offline`: not connected now, or nothing came of it yet;
 * `recovered`: the resume brought back what was missed; `lost`: it will not come; `thinned`: this line was too slow, of
 * many values the newest came.
 */
export interface FeedGap {
  /** ms, server clock. */
  readonly from: number;
  /** ms, server clock; `Infinity` while it lasts. */
  readonly to: number;
  readonly kind: 'offline' | 'lost' | 'recovered' | 'thinned';
  /** Publications recovered, lost or left out; 0 where nobody knows. */
  readonly count: number;
  /** What began a loss: we were away, the server has a hole, or it numbers anew (a restore, a dropped channel). */
  readonly cause?: 'line' | 'server' | 'numbering';
}

export interface FeedState {
  readonly phase: 'loading' | 'live' | 'failed';
  /** Why the server refuses the channel (phase `failed`). */
  readonly error?: { readonly name: string; readonly message: string };
  /** `time` of the newest datum. */
  readonly lastTime?: number;
  /** When the newest datum came (ms, server clock); for one that came as history, its own `time`. */
  readonly lastReceivedAt?: number;
  /** Learned from the channel: median distance of its recent data. Absent until there are three. */
  readonly intervalMs?: number;
  /** Publications since the channel was loaded, its history included. */
  readonly received: number;
}

export interface FeedListener {
  /** One datum came, live or recovered; in order. Hot: no React, no allocation worth naming. */
  point?(point: FeedPoint): void;
  /** Everything held was replaced: read `points()` and `buckets()` again. */
  reset?(): void;
  /** Phase or gaps changed. */
  change?(): void;
}

/** One channel's recent data, outside React. */
export interface Feed {
  readonly channel: string;
  readonly state: FeedState;
  /** The newest datum; cheap. */
  readonly last: FeedPoint | undefined;
  /** Oldest first, bounded by the count and the window that its openers asked for. */
  points(): readonly FeedPoint[];
  /** The thinned stretch before `points()`, where `points` was asked for. */
  buckets(): readonly Bucket[];
  gaps(): readonly FeedGap[];
  listen(listener: FeedListener): () => void;
}

export interface FeedOptions {
  /** How much of the newest history is wanted. */
  readonly historyMs?: number;
  /** Have the server thin that history to so many buckets. */
  readonly points?: number;
  /** Most publications to ask for and keep. */
  readonly limit?: number;
}
