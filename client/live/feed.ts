import type { Feed, FeedOptions } from './types.ts';

export type { Feed, FeedGap, FeedListener, FeedOptions, FeedPoint, FeedState } from './types.ts';
export declare function openFeed(channel: string, options?: FeedOptions): { feed: Feed; close(): void };
