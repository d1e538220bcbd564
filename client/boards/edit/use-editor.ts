import { useCallback, useMemo, useState } from 'react';
import type { Tile } from '../../../shared/domain/board.ts';
import { type Changes, changesBetween } from './changes.ts';
import { type Draft, withTile } from './draft.ts';
import { currentDraft, type EditHistory, record, redo, startHistory, undo } from './edit-history.ts';

export interface Editor {
  /** As it is shown: with a move under way. */
  draft: Draft;
  history: EditHistory;
  /** Against the board as it was loaded. */
  changes: Changes;
  selected: Tile | undefined;
  select(id: string | undefined): void;
  /** Makes a step. @param mergeKey steps of the same key that follow closely are one */
  apply(change: (draft: Draft) => Draft, label: string, mergeKey?: string): void;
  /** One tile, as part of a step. */
  changeTile(tile: Tile, what: string): void;
  /** Shows a layout that is not a step yet; undefined goes back. */
  preview(tiles: readonly Tile[] | undefined): void;
  /** Makes the layout that is shown a step. */
  keep(tiles: readonly Tile[], label: string): void;
  undo(): void;
  redo(): void;
}

/** The draft of a board with every step undoable. Nothing leaves this page until it is saved. */
export function useEditor(base: Draft): Editor {
  const [history, setHistory] = useState(() => startHistory(base));
  const [previewed, setPreviewed] = useState<readonly Tile[]>();
  const [selectedId, select] = useState<string>();
  const current = currentDraft(history);
  const draft = previewed === undefined ? current : { ...current, tiles: previewed };
  const changes = useMemo(() => changesBetween(base, current), [base, current]);

  const apply = useCallback((change: (draft: Draft) => Draft, label: string, mergeKey?: string): void => {
    setPreviewed(undefined);
    setHistory((before) => {
      const next = change(currentDraft(before));
      return record(before, { draft: next, label, mergeKey, at: Date.now() });
    });
  }, []);

  const changeTile = useCallback(
    (tile: Tile, what: string): void =>
      apply(
        (now) => ({ ...now, tiles: withTile(now.tiles, tile) }),
        `${tile.title}: ${what}`,
        `${tile.id} ${what}`,
      ),
    [apply],
  );
  const keep = useCallback(
    (tiles: readonly Tile[], label: string): void => apply((now) => ({ ...now, tiles }), label),
    [apply],
  );
  const goBack = useCallback(() => {
    setPreviewed(undefined);
    setHistory(undo);
  }, []);
  const goForth = useCallback(() => setHistory(redo), []);

  return {
    draft,
    history,
    changes,
    selected: draft.tiles.find((tile) => tile.id === selectedId),
    select,
    apply,
    changeTile,
    preview: setPreviewed,
    keep,
    undo: goBack,
    redo: goForth,
  };
}
