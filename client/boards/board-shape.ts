import type { PlacedTile } from './layout.ts';

const KEY = 'callboard.boardShape.';

/** What most boards look like, for one that was never seen here. */
const USUAL: readonly PlacedTile[] = [
  { id: 'a', type: 'number', x: 0, y: 0, w: 6, h: 4 },
  { id: 'b', type: 'number', x: 6, y: 0, w: 6, h: 4 },
  { id: 'c', type: 'number', x: 12, y: 0, w: 6, h: 4 },
  { id: 'd', type: 'gauge', x: 18, y: 0, w: 6, h: 4 },
  { id: 'e', type: 'chart', x: 0, y: 4, w: 14, h: 7 },
  { id: 'f', type: 'chart', x: 14, y: 4, w: 10, h: 7 },
  { id: 'g', type: 'log', x: 0, y: 11, w: 14, h: 6 },
  { id: 'h', type: 'table', x: 14, y: 11, w: 10, h: 6 },
];

/** The shape that a board had when it was last seen in this browser, so that its skeleton is true. */
export function rememberedShape(slug: string): readonly PlacedTile[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY + slug) ?? 'null');
    return Array.isArray(kept) ? (kept as PlacedTile[]) : USUAL;
  } catch {
    return USUAL;
  }
}

export function rememberShape(slug: string, tiles: readonly PlacedTile[]): void {
  const shape = tiles.map(({ id, type, x, y, w, h }) => ({ id, type, x, y, w, h }));
  try {
    sessionStorage.setItem(KEY + slug, JSON.stringify(shape));
  } catch {
    // Private windows may refuse; then the skeleton is the usual one.
  }
}
