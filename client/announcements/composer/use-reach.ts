import { useEffect, useState } from 'react';
import { type Reach, reach as reachSchema, type Target } from '../../../shared/domain/announcement.ts';
import { api } from '../../api.ts';
import { serverNow } from '../../live/clock.ts';
import { openFeed } from '../../live/feed.ts';

/** While chips are being picked one question is enough. */
const ASK_AFTER_MS = 200;
/** The audience changes by itself: people come and go. */
const ASK_AGAIN_MS = 3_000;
/** Tells, once a second, how many connections and people there are: a reason to ask at once. */
const PRESENCE_CHANNEL = 'system.callboard';

export interface LiveReach {
  /** The newest answer; undefined while nobody is named or before the first one. */
  reach: Reach | undefined;
  /** Whether it is about this very target, not the one before. */
  current: boolean;
  /** When it was true, in ms of the server's clock. */
  at: number | undefined;
  error: unknown;
}

const nothing: LiveReach = { reach: undefined, current: false, at: undefined, error: undefined };

/** Calls back when the number of connections or people changes. */
function onPresence(changed: () => void): () => void {
  const { feed, close } = openFeed(PRESENCE_CHANNEL, { limit: 1 });
  let last: string | undefined;
  const stop = feed.listen({
    point({ data }) {
      const { connections, people } = (data ?? {}) as { connections?: unknown; people?: unknown };
      const now = `${connections}/${people}`;
      if (last !== undefined && last !== now) changed();
      last = now;
    },
  });
  return () => {
    stop();
    close();
  };
}

/** Whom a target reaches, asked anew every few seconds and whenever somebody comes or goes. */
export function useReach(target: Target | undefined): LiveReach {
  const key = target === undefined ? undefined : JSON.stringify(target);
  const [state, setState] = useState<LiveReach & { key?: string | undefined }>(nothing);

  useEffect(() => {
    if (key === undefined) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    let asking = false;
    const ask = async (): Promise<void> => {
      clearTimeout(timer);
      if (asking || abort.signal.aborted) return;
      if (document.visibilityState === 'visible') {
        asking = true;
        try {
          const body = { target: JSON.parse(key) as Target };
          const reach = await api.post('/announcements/reach', body, reachSchema, { signal: abort.signal });
          setState({ reach, current: true, at: serverNow(), error: undefined, key });
        } catch (error) {
          if (abort.signal.aborted) return;
          setState((was) => ({ ...(was.key === key ? was : nothing), error, key }));
        }
        asking = false;
      }
      timer = setTimeout(() => void ask(), ASK_AGAIN_MS);
    };
    timer = setTimeout(() => void ask(), ASK_AFTER_MS);
    const endPresence = onPresence(() => void ask());
    return () => {
      abort.abort();
      clearTimeout(timer);
      endPresence();
    };
  }, [key]);

  if (key === undefined) return nothing;
  return state.key === key ? state : { ...state, current: false };
}
