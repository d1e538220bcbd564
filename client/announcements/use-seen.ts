import { type RefCallback, useCallback, useRef } from 'react';
import { sendReceipt } from './announcement-store.ts';
import { SEEN_MS, SEEN_RATIO } from './receipts.ts';

/** Enough of the card is in sight; of one that is taller than the window, enough of the window. */
function enoughInSight(entry: IntersectionObserverEntry): boolean {
  if (entry.intersectionRatio >= SEEN_RATIO) return true;
  const room = entry.rootBounds?.height ?? 0;
  return room > 0 && entry.intersectionRect.height >= SEEN_RATIO * room;
}

/**
 * Watches one card and calls back once it was in sight long enough, in a visible tab.
 * @returns a function that ends the watch
 */
function watchSeen(element: Element, onSeen: () => void): () => void {
  let inSight = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const judge = (): void => {
    clearTimeout(timer);
    if (inSight && document.visibilityState === 'visible') timer = setTimeout(done, SEEN_MS);
  };
  const observer = new IntersectionObserver(
    (records) => {
      const last = records.at(-1);
      if (last !== undefined) inSight = enoughInSight(last);
      judge();
    },
    { threshold: [0, 0.2, 0.4, SEEN_RATIO, 0.8, 1] },
  );
  const end = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('visibilitychange', judge);
  };
  const done = (): void => {
    end();
    onSeen();
  };
  observer.observe(element);
  document.addEventListener('visibilitychange', judge);
  return end;
}

/** A ref for the card of an announcement: tells the server when it was seen. A new revision is watched anew. */
export function useSeen(id: string, revision: number): RefCallback<HTMLElement> {
  const end = useRef<(() => void) | undefined>(undefined);
  return useCallback(
    (element: HTMLElement | null) => {
      end.current?.();
      end.current = undefined;
      // `revision` makes a new callback, and with it a new watch, of every edit.
      if (element !== null && revision > 0) {
        end.current = watchSeen(element, () => sendReceipt(id, 'seen'));
      }
    },
    [id, revision],
  );
}
