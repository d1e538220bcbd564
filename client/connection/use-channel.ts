import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
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
  const snapshot = useRef(LOADING);

  const subscribe = useCallback(
    (changed: () => void) => {
      const { feed, close } = openFeed(channel, {
        ...(historyMs !== undefined && { historyMs }),
        ...(points !== undefined && { points }),
        ...(limit !== undefined && { limit }),
      });
      const renew = throttled(() => {
        snapshot.current = snapshotOf(feed);
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
    [channel, historyMs, points, limit],
  );
  // Another channel must not show the last value of the one before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the channel is the reason, not an input
  useEffect(
    () => () => {
      snapshot.current = LOADING;
    },
    [channel],
  );
  return useSyncExternalStore(subscribe, () => snapshot.current);
}

function snapshotOf(feed: Feed): ChannelSnapshot {
  const last = feed.points().at(-1);
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
