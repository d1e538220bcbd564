import type { FeedGap, FeedOptions, FeedPoint, FeedState } from '../live/types.ts';

/** What a cold screen shows of a channel; renewed at most four times a second. */
export interface ChannelSnapshot extends FeedState {
  readonly last?: FeedPoint;
  readonly gaps: readonly FeedGap[];
}
export declare function useChannel(channel: string, options?: FeedOptions): ChannelSnapshot;
