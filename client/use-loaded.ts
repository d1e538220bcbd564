import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  /** The newest answer; stays while it is asked again, and when that fails. */
  data: T | undefined;
  /** Why the newest try failed; undefined after one that did not. */
  error: unknown;
  /** Asks again now. */
  reload: () => Promise<void>;
}

/**
 * Loads something when the page opens and, where wanted, again and again while somebody looks.
 * @param load keeps its identity (a module's function, or useCallback); a new one is asked at once
 * @param everyMs absent: once
 */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, everyMs?: number): Loaded<T> {
  const [data, setData] = useState<T>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);

  const reload = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    try {
      const answer = await load(controller.signal);
      if (controller.signal.aborted) return;
      setData(answer);
      setError(undefined);
    } catch (cause) {
      // Given up by ourselves: a newer request, or another page, has taken its place.
      if (!controller.signal.aborted) setError(cause);
    }
  }, [load]);

  useEffect(() => {
    void reload();
    const again = (): void => {
      if (document.visibilityState === 'visible') void reload();
    };
    const timer = everyMs === undefined ? undefined : setInterval(again, everyMs);
    return () => {
      clearInterval(timer);
      running.current?.abort();
    };
  }, [reload, everyMs]);

  return { data, error, reload };
}
