import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { GRID_COLUMNS, type Tile } from '../../../shared/domain/board.ts';
import { GUTTER_PX, ROW_PX } from '../layout.ts';
import { typeFacts } from './draft.ts';
import { type Edge, moveTile, placeTile, pull } from './grid-moves.ts';
import type { Editor } from './use-editor.ts';

/** A hand that clicks shakes less than this. */
const CLICK_PX = 4;
/** Nearer to the edge of the canvas than this, it scrolls along. */
const SCROLL_EDGE_PX = 36;
const SCROLL_STEP_PX = 12;

export interface GridPointer {
  /** Id of the tile that follows the pointer. */
  moving: string | undefined;
  /** @param edge the handle that was taken; undefined: the tile itself */
  begin(event: ReactPointerEvent<HTMLElement>, tile: Tile, edge?: Edge): void;
}

/** Moves and resizes tiles by mouse, pen or finger. The layout snaps as the pointer goes; letting go is one step. */
export function useGridPointer(grid: RefObject<HTMLDivElement | null>, editor: Editor): GridPointer {
  const [moving, setMoving] = useState<string>();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const begin = (event: ReactPointerEvent<HTMLElement>, tile: Tile, edge?: Edge): void => {
    const box = grid.current;
    if (box === null || event.button !== 0 || !event.isPrimary) return;
    event.stopPropagation();
    editor.select(tile.id);
    const scroller = scrollerOf(box);
    const from = { x: event.clientX, y: event.clientY + scroller.scrollTop };
    const column = (box.clientWidth - GUTTER_PX) / GRID_COLUMNS;
    const base = editor.draft.tiles;
    const { least } = typeFacts[tile.type];
    let shown: readonly Tile[] | undefined;
    const controller = new AbortController();
    abort.current?.abort();
    abort.current = controller;

    const move = (next: PointerEvent): void => {
      const dx = next.clientX - from.x;
      const dy = next.clientY + scroller.scrollTop - from.y;
      if (shown === undefined && Math.hypot(dx, dy) < CLICK_PX) return;
      const columns = Math.round(dx / column);
      const rows = Math.round(dy / (ROW_PX + GUTTER_PX));
      shown =
        edge === undefined
          ? moveTile(base, tile.id, { x: tile.x + columns, y: tile.y + rows })
          : placeTile(base, tile.id, pull(tile, edge, columns, rows, least));
      setMoving(tile.id);
      editor.preview(shown);
      scrollAlong(scroller, next.clientY);
    };
    const end = (kept: boolean): void => {
      controller.abort();
      setMoving(undefined);
      if (shown === undefined) return;
      if (kept && shown.some((one, index) => one !== base[index])) {
        editor.keep(shown, `${tile.title} ${edge === undefined ? 'moved' : 'resized'}`);
      } else editor.preview(undefined);
    };
    const { signal } = controller;
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', () => end(true), { signal });
    window.addEventListener('pointercancel', () => end(false), { signal });
    window.addEventListener('keydown', (key) => key.key === 'Escape' && end(false), { signal });
  };

  return { moving, begin };
}

/** What scrolls the grid: the nearest ancestor that can. */
function scrollerOf(element: HTMLElement): HTMLElement {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}

function scrollAlong(scroller: HTMLElement, y: number): void {
  const { top, bottom } = scroller.getBoundingClientRect();
  if (y > bottom - SCROLL_EDGE_PX) scroller.scrollTop += SCROLL_STEP_PX;
  else if (y < top + SCROLL_EDGE_PX) scroller.scrollTop -= SCROLL_STEP_PX;
}
