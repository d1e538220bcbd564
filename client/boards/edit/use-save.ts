import { useState } from 'react';
import type { Board } from '../../../shared/domain/board.ts';
import type { Draft } from './draft.ts';
import { saveDraft } from './save-board.ts';

export interface Conflict {
  theirs: Board;
  message: string;
}

export interface Saving {
  busy: boolean;
  error: unknown;
  conflict: Conflict | undefined;
  /** @param revision the one that the draft is meant to replace */
  save(draft: Draft, revision: number): Promise<void>;
  settle(): void;
}

/** Saving as state of the page: under way, refused, or in conflict with somebody else's. */
export function useSave(id: string, onSaved: (board: Board) => void): Saving {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [conflict, setConflict] = useState<Conflict>();

  const save = async (draft: Draft, revision: number): Promise<void> => {
    setBusy(true);
    setError(undefined);
    setConflict(undefined);
    try {
      const result = await saveDraft(id, draft, revision);
      if (result.outcome === 'saved') onSaved(result.board);
      else setConflict(result);
    } catch (cause) {
      setError(cause);
    } finally {
      setBusy(false);
    }
  };
  return {
    busy,
    error,
    conflict,
    save,
    settle() {
      setConflict(undefined);
      setError(undefined);
    },
  };
}
