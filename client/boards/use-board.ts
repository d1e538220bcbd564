import { useCallback, useEffect, useRef, useState } from 'react';
import type { Board } from '../../shared/domain/board.ts';
import { ApiError } from '../api.ts';
import { connection } from '../connection/connection.ts';
import { getBoard } from './board-api.ts';
import { rememberShape } from './board-shape.ts';
import { forgetBoard } from './last-board.ts';

/** A board as this page knows it. What was once shown stays, whatever happens to it on the server. */
export type BoardState =
  | { phase: 'loading' }
  | { phase: 'failed'; error: unknown }
  | { phase: 'missing' }
  | { phase: 'forbidden'; message: string }
  | {
      phase: 'ready';
      board: Board;
      /** The server no longer has it. */
      deleted: boolean;
      /** A newer revision that somebody saved while this one is shown. */
      newer?: Board;
    };

export interface BoardView {
  state: BoardState;
  reload(): void;
  /** Shows the newer revision. Never by itself: nothing may move under somebody's eyes. */
  showNewer(): void;
}

/** Loads a board by its slug, and hears of what others do to it while it is open. */
export function useBoard(slug: string): BoardView {
  const [state, setState] = useState<BoardState>({ phase: 'loading' });

  const running = useRef<AbortController>(undefined);

  const load = useCallback(async (): Promise<void> => {
    // The newest question counts: an answer about the board before, or from before a change, comes too late.
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    try {
      const loaded = await getBoard(slug, signal);
      if (signal.aborted) return;
      rememberShape(slug, loaded.tiles);
      setState((before) => merge(before, loaded));
    } catch (error) {
      if (signal.aborted) return;
      const refused = error instanceof ApiError ? error.status : 0;
      if (refused === 404 || refused === 403) forgetBoard(slug);
      setState((before) => failed(before, error));
    }
  }, [slug]);

  useEffect(() => {
    setState({ phase: 'loading' });
    void load();
    return () => running.current?.abort();
  }, [load]);

  const id = state.phase === 'ready' ? state.board.id : undefined;
  useEffect(() => {
    if (id === undefined) return;
    const forgetNews = connection.on('message', ({ event, data }) => {
      if (event === '$board' && (data as { board?: unknown }).board === id) void load();
    });
    // Whatever was said while the line was down nobody told us.
    const forgetWelcome = connection.on('welcome', () => void load());
    return () => {
      forgetNews();
      forgetWelcome();
    };
  }, [id, load]);

  const showNewer = useCallback(() => {
    setState((before) =>
      before.phase === 'ready' && before.newer !== undefined
        ? { phase: 'ready', board: before.newer, deleted: false }
        : before,
    );
  }, []);
  const reload = useCallback(() => {
    setState((before) => (before.phase === 'ready' ? before : { phase: 'loading' }));
    void load();
  }, [load]);
  return { state, reload, showNewer };
}

function merge(before: BoardState, loaded: Board): BoardState {
  if (before.phase !== 'ready' || before.board.id !== loaded.id) {
    return { phase: 'ready', board: loaded, deleted: false };
  }
  if (before.board.revision >= loaded.revision)
    return before.deleted ? { ...before, deleted: false } : before;
  return { ...before, deleted: false, newer: loaded };
}

/** A board that is shown stays, unless the server says that it is gone. */
function failed(before: BoardState, error: unknown): BoardState {
  const status = error instanceof ApiError ? error.status : 0;
  if (before.phase === 'ready') return status === 404 ? { ...before, deleted: true } : before;
  if (status === 404) return { phase: 'missing' };
  if (status === 403 && error instanceof Error) return { phase: 'forbidden', message: error.message };
  return { phase: 'failed', error };
}
