import type { Bucket } from '../../../shared/protocol/publication.ts';
import type { SeriesView } from '../../charts/series-view.ts';
import type { Feed, FeedGap, FeedListener, FeedPoint, FeedState } from '../../live/types.ts';

/** A view of values one second apart, the last at `end` (ms). */
export function everySecond(values: readonly number[], end = 1_000_000): SeriesView {
  const start = end - (values.length - 1) * 1_000;
  return {
    times: Float64Array.from(values, (_, index) => start + index * 1_000),
    values: Float64Array.from(values),
    breaks: [],
  };
}

/** A feed that says what a test tells it to. */
export class FakeFeed implements Feed {
  readonly channel: string;
  state: FeedState = { phase: 'live', received: 0 };
  held: FeedPoint[] = [];
  thinned: Bucket[] = [];
  missing: FeedGap[] = [];
  readonly listeners = new Set<FeedListener>();

  constructor(channel = 'pumps.north') {
    this.channel = channel;
  }

  get last(): FeedPoint | undefined {
    return this.held.at(-1);
  }

  points(): readonly FeedPoint[] {
    return this.held;
  }

  buckets(): readonly Bucket[] {
    return this.thinned;
  }

  gaps(): readonly FeedGap[] {
    return this.missing;
  }

  listen(listener: FeedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  publish(time: number, data: unknown): void {
    const point = { offset: this.held.length + 1, time, data };
    this.held.push(point);
    this.state = { ...this.state, received: this.held.length, lastTime: time, lastReceivedAt: time };
    for (const listener of this.listeners) listener.point?.(point);
  }
}
