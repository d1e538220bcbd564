import { GRID_COLUMNS, type Tile } from '../../shared/domain/board.ts';

/** Height of one row and the space between tiles, in px. The style sheet of the grid has the same numbers. */
export const ROW_PX = 40;
export const GUTTER_PX = 8;

export interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

export type PlacedTile = Pick<Tile, 'id' | 'type' | 'x' | 'y' | 'w' | 'h'>;

const columnCounts = [GRID_COLUMNS, 12, 2] as const;
export type ColumnCount = (typeof columnCounts)[number];

/** Tiles as a person reads them: row by row, each from the left. Also their order in the page and for Tab. */
export function readingOrder<T extends Pick<Tile, 'x' | 'y'>>(tiles: readonly T[]): T[] {
  return [...tiles].sort((a, b) => a.y - b.y || a.x - b.x);
}

/** Where each tile stands on a grid of so many columns, by its id. The drawn board itself has 24. */
export function arrange(tiles: readonly PlacedTile[], columns: ColumnCount): Map<string, Place> {
  if (columns === GRID_COLUMNS) {
    return new Map(tiles.map(({ id, x, y, w, h }) => [id, { x, y, w: Math.min(w, GRID_COLUMNS - x), h }]));
  }
  const ordered = readingOrder(tiles);
  return shelves(
    ordered.map((tile) => ({ id: tile.id, ...(columns === 2 ? phoneSize(tile) : tabletSize(tile)) })),
    columns,
  );
}

interface Sized {
  id: string;
  w: number;
  h: number;
}

/** Half the columns are little more than half the width: what was a third becomes a third, what was a half all. */
function tabletSize({ w, h }: PlacedTile): { w: number; h: number } {
  return { w: w >= 12 ? 12 : Math.max(3, w >= 8 ? 6 : w), h };
}

/** Numbers stand two abreast, everything else takes the width; heights that suit a hand-held screen. */
function phoneSize({ type, h }: PlacedTile): { w: number; h: number } {
  switch (type) {
    case 'number':
    case 'gauge':
      return { w: 1, h: 3 };
    case 'chart':
      return { w: 2, h: 5 };
    case 'log':
      return { w: 2, h: 7 };
    case 'status':
    case 'table':
    case 'text':
      return { w: 2, h: Math.min(Math.max(h, 4), 9) };
  }
}

/** Fills shelves from the left; a shelf that stays short of the width is stretched to it. */
function shelves(tiles: readonly Sized[], columns: number): Map<string, Place> {
  const placed = new Map<string, Place>();
  let shelf: Sized[] = [];
  let y = 0;
  const close = (): void => {
    const used = shelf.reduce((sum, tile) => sum + tile.w, 0);
    let x = 0;
    shelf.forEach((tile, index) => {
      const last = index === shelf.length - 1;
      const w = last ? columns - x : Math.round((tile.w / used) * columns);
      placed.set(tile.id, { x, y, w, h: tile.h });
      x += w;
    });
    y += Math.max(0, ...shelf.map((tile) => tile.h));
    shelf = [];
  };
  for (const tile of tiles) {
    const used = shelf.reduce((sum, one) => sum + one.w, 0);
    if (shelf.length > 0 && used + tile.w > columns) close();
    shelf.push({ ...tile, w: Math.min(tile.w, columns) });
  }
  if (shelf.length > 0) close();
  return placed;
}

/** Rows that a board takes. */
export function rowsOf(places: Iterable<Place>): number {
  let rows = 0;
  for (const { y, h } of places) rows = Math.max(rows, y + h);
  return rows;
}
