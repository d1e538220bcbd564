import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { Tile } from '../../../shared/domain/board.ts';
import { moveTile, placeTile } from './grid-moves.ts';
import { placeText, stepText } from './spoken.ts';
import type { Editor } from './use-editor.ts';

const ARROWS: Record<string, readonly [columns: number, rows: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface GridKeys {
  /** Id of the tile that is held. */
  grabbed: string | undefined;
  onKeyDown(event: KeyboardEvent<HTMLElement>, tile: Tile): void;
  onBlur(event: FocusEvent<HTMLElement>): void;
}

interface Acts {
  onRemove(tile: Tile): void;
  onDuplicate(tile: Tile): void;
}

/** Moves and resizes tiles by keyboard: Enter grabs, arrows act, Enter drops, Escape puts back. Each step is spoken. */
export function useGridKeys(editor: Editor, speak: (text: string) => void, acts: Acts): GridKeys {
  const [grabbed, setGrabbed] = useState<string>();
  /** The layout that Escape goes back to. */
  const origin = useRef<readonly Tile[]>([]);

  const grab = (tile: Tile): void => {
    origin.current = editor.draft.tiles;
    setGrabbed(tile.id);
    speak(`${tile.title} grabbed, ${placeText(tile)}`);
  };
  const drop = (tile: Tile): void => {
    setGrabbed(undefined);
    const was = origin.current.find((one) => one.id === tile.id);
    const same = was !== undefined && placeText(was) === placeText(tile);
    if (same) editor.preview(undefined);
    else
      editor.keep(
        editor.draft.tiles,
        `${tile.title} ${was?.w === tile.w && was?.h === tile.h ? 'moved' : 'resized'}`,
      );
    speak(`${tile.title} dropped, ${placeText(tile)}`);
  };
  const cancel = (tile: Tile): void => {
    setGrabbed(undefined);
    editor.preview(undefined);
    speak(`${tile.title} put back`);
  };
  const step = (tile: Tile, [columns, rows]: readonly [number, number], resizing: boolean): void => {
    const before = editor.draft.tiles;
    const after = resizing
      ? placeTile(before, tile.id, { ...tile, w: tile.w + columns, h: tile.h + rows })
      : moveTile(before, tile.id, { x: tile.x + columns, y: tile.y + rows });
    editor.preview(after);
    speak(stepText(after.find((one) => one.id === tile.id) ?? tile, before, after));
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, tile: Tile): void => {
    if (event.target !== event.currentTarget || event.metaKey || event.altKey) return;
    if (event.ctrlKey && event.key !== 'd') return;
    const held = grabbed === tile.id;
    const arrow = ARROWS[event.key];
    if (event.ctrlKey) acts.onDuplicate(tile);
    else if (event.key === 'Enter') held ? drop(tile) : grab(tile);
    else if (event.key === 'Escape' && held) cancel(tile);
    else if (event.key === 'Escape') editor.select(undefined);
    else if (arrow !== undefined && held) step(tile, arrow, event.shiftKey);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && !held) acts.onRemove(tile);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // Leaving the tile drops it where it is: nothing may stay held that cannot be seen.
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || grabbed === undefined) return;
    const tile = editor.draft.tiles.find((one) => one.id === grabbed);
    if (tile !== undefined && tile.id === event.currentTarget.dataset.tile) drop(tile);
  };

  return { grabbed, onKeyDown, onBlur };
}
