import { useCallback, useEffect, useRef, useState } from 'react';

export interface PageOf<T> {
  items: readonly T[];
  /** Where the next page begins; absent at the end. */
  next?: string | undefined;
}

export interface Paged<T> {
  /** Undefined before the first answer; stays while it is asked again, and when that fails. */
  items: readonly T[] | undefined;
  loading: boolean;
  error: unknown;
  /** Loads the next page; absent at the end. */
  older: (() => void) | undefined;
  /** Begins anew with the first page. */
  reload: () => void;
  /** Changes items that are shown, for what was heard of them meanwhile. */
  change: (edit: (items: readonly T[]) => readonly T[]) => void;
}

interface State<T> extends Pick<Paged<T>, 'items' | 'loading' | 'error'> {
  next: string | undefined;
}

/**
 * A list that is read page by page, as far as somebody wants to look back.
 * @param load keeps its identity; a new one is asked at once
 */
export function usePaged<T>(
  load: (after: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
): Paged<T> {
  const [state, setState] = useState<State<T>>({
    items: undefined,
    loading: true,
    error: undefined,
    next: undefined,
  });
  const running = useRef<AbortController>(undefined);

  const ask = useCallback(
    async (after?: string): Promise<void> => {
      // One at a time: an older page must not be put behind a list that began anew.
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      setState((was) => ({ ...was, loading: true, error: undefined }));
      try {
        const page = await load(after, signal);
        if (signal.aborted) return;
        setState((was) => ({
          items: after === undefined ? page.items : [...(was.items ?? []), ...page.items],
          next: page.next,
          loading: false,
          error: undefined,
        }));
      } catch (error) {
        if (!signal.aborted) setState((was) => ({ ...was, loading: false, error }));
      }
    },
    [load],
  );

  useEffect(() => {
    void ask();
    return () => running.current?.abort();
  }, [ask]);

  const { items, loading, error, next } = state;
  return {
    items,
    loading,
    error,
    older: next === undefined ? undefined : () => void ask(next),
    reload: useCallback(() => void ask(), [ask]),
    change: useCallback(
      (edit) => setState((was) => (was.items === undefined ? was : { ...was, items: edit(was.items) })),
      [],
    ),
  };
}
