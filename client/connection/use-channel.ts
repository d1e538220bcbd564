import { useMemo, useSyncExternalStore } from 'react';
import { openFeed } from '../live/feed.ts';
import type { Feed, FeedGap, FeedOptions, FeedPoint, FeedState } from '../live/types.ts';

/** What a cold screen shows of a channel. */
export interface ChannelSnapshot extends FeedState {
  readonly last?: FeedPoint;
  readonly gaps: readonly FeedGap[];
}

/** People cannot read faster; what must be faster listens to the feed itself. */
const RENEW_MS = 250;

const LOADING: ChannelSnapshot = { phase: 'loading', received: 0, gaps: [] };

/** The newest of a channel as React state, renewed at most four times a second. */
export function useChannel(channel: string, options: FeedOptions = {}): ChannelSnapshot {
  const { historyMs, points, limit } = options;
  const store = useMemo(
    () =>
      channelStore(channel, {
        ...(historyMs !== undefined && { historyMs }),
        ...(points !== undefined && { points }),
        ...(limit !== undefined && { limit }),
      }),
    [channel, historyMs, points, limit],
  );
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Opens the feed while somebody subscribes. */
export function channelStore(
  channel: string,
  options: FeedOptions,
  open: typeof openFeed = openFeed,
): { subscribe: (changed: () => void) => () => void; get: () => ChannelSnapshot } {
  let snapshot = LOADING;
  return {
    get: () => snapshot,
    subscribe(changed) {
      const { feed, close } = open(channel, options);
      const renew = throttled(() => {
        snapshot = snapshotOf(feed);
        changed();
      });
      const unlisten = feed.listen({ point: renew.soon, reset: renew.soon, change: renew.soon });
      renew.soon();
      return () => {
        renew.cancel();
        unlisten();
        close();
      };
    },
  };
}

function snapshotOf(feed: Feed): ChannelSnapshot {
  const { last } = feed;
  return { ...feed.state, gaps: feed.gaps(), ...(last && { last }) };
}

/** Runs at once when it is quiet, then at most every `RENEW_MS`, and once more for what came last. */
function throttled(run: () => void): { soon: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  const soon = (): void => {
    if (timer !== undefined) {
      waiting = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (!waiting) return;
      waiting = false;
      soon();
    }, RENEW_MS);
    run();
  };
  return { soon, cancel: () => clearTimeout(timer) };
}
