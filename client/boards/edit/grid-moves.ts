import { cloneLayout, type LayoutItem, moveElement, verticalCompactor } from 'react-grid-layout/core';
import { GRID_COLUMNS, type Tile } from '../../../shared/domain/board.ts';
import type { Place } from '../layout.ts';
import { typeFacts } from './draft.ts';

/** The schema's bounds of a place. */
const ROWS_MAX = 900;
const HEIGHT_MAX = 100;

export type Edge = 'n' | 'e' | 's' | 'w' | 'ne' | 'se' | 'sw' | 'nw';

function layoutOf(tiles: readonly Tile[]): LayoutItem[] {
  return tiles.map(({ id, x, y, w, h }) => ({ i: id, x, y, w: Math.min(w, GRID_COLUMNS - x), h }));
}

/** Puts every tile where the layout has it, pulled up as far as there is room. Tiles that did not move stay the same. */
function settle(tiles: readonly Tile[], layout: readonly LayoutItem[]): Tile[] {
  const places = new Map(verticalCompactor.compact(layout, GRID_COLUMNS).map((item) => [item.i, item]));
  return tiles.map((tile) => {
    const place = places.get(tile.id);
    return place === undefined || samePlace(tile, place)
      ? tile
      : { ...tile, x: place.x, y: place.y, w: place.w, h: place.h };
  });
}

function samePlace(a: Place, b: Place): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Moves a tile; those in its way go down, those below what it left come up. */
export function moveTile(tiles: readonly Tile[], id: string, to: { x: number; y: number }): Tile[] {
  const layout = cloneLayout(layoutOf(tiles));
  const item = layout.find((one) => one.i === id);
  if (item === undefined) return [...tiles];
  const x = clamp(to.x, 0, GRID_COLUMNS - item.w);
  const y = clamp(to.y, 0, ROWS_MAX);
  return settle(tiles, moveElement(layout, item, x, y, true, false, 'vertical', GRID_COLUMNS));
}

/** Gives a tile another extent, within the grid and not smaller than its type can be read. */
export function placeTile(tiles: readonly Tile[], id: string, to: Place): Tile[] {
  const tile = tiles.find((one) => one.id === id);
  if (tile === undefined) return [...tiles];
  const { least } = typeFacts[tile.type];
  const x = clamp(to.x, 0, GRID_COLUMNS - least.w);
  const w = clamp(to.w, least.w, GRID_COLUMNS - x);
  const h = clamp(to.h, least.h, HEIGHT_MAX);
  const sized = tiles.map((one) =>
    one.id === id ? { ...one, w, h, x: Math.min(one.x, GRID_COLUMNS - w) } : one,
  );
  return moveTile(sized, id, { x, y: to.y });
}

/** The place of a tile whose edge was pulled by so many columns and rows. */
export function pull(
  place: Place,
  edge: Edge,
  columns: number,
  rows: number,
  least: { w: number; h: number },
): Place {
  let { x, y, w, h } = place;
  if (edge.includes('e')) w = Math.max(least.w, w + columns);
  if (edge.includes('s')) h = Math.max(least.h, h + rows);
  if (edge.includes('w')) {
    const left = clamp(x + columns, 0, x + w - least.w);
    w += x - left;
    x = left;
  }
  if (edge.includes('n')) {
    const top = clamp(y + rows, 0, y + h - least.h);
    h += y - top;
    y = top;
  }
  return { x, y, w, h };
}

/** The first place, row by row, where a tile of that size has room. */
export function freePlace(tiles: readonly Tile[], size: { w: number; h: number }): { x: number; y: number } {
  const taken = (x: number, y: number): boolean =>
    tiles.some(
      (tile) => x < tile.x + tile.w && x + size.w > tile.x && y < tile.y + tile.h && y + size.h > tile.y,
    );
  for (let y = 0; ; y++) {
    for (let x = 0; x <= GRID_COLUMNS - size.w; x++) if (!taken(x, y)) return { x, y };
  }
}

export function addTile(tiles: readonly Tile[], tile: Tile): Tile[] {
  return [...tiles, { ...tile, ...freePlace(tiles, tile) }];
}

export function removeTile(tiles: readonly Tile[], id: string): Tile[] {
  const rest = tiles.filter((tile) => tile.id !== id);
  return settle(rest, layoutOf(rest));
}
