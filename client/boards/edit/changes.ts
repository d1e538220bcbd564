import type { Tile } from '../../../shared/domain/board.ts';
import type { Draft } from './draft.ts';

export interface Changes {
  added: number;
  removed: number;
  moved: number;
  resized: number;
  changed: number;
  renamed: boolean;
  total: number;
}

/** What saving would do to the board, tile by tile. A tile counts once for each kind of change. */
export function changesBetween(before: Draft, after: Draft): Changes {
  const old = new Map(before.tiles.map((tile) => [tile.id, tile]));
  const now = new Set(after.tiles.map((tile) => tile.id));
  const found = { added: 0, removed: 0, moved: 0, resized: 0, changed: 0 };
  for (const tile of after.tiles) {
    const was = old.get(tile.id);
    if (was === undefined) {
      found.added += 1;
      continue;
    }
    if (was.x !== tile.x || was.y !== tile.y) found.moved += 1;
    if (was.w !== tile.w || was.h !== tile.h) found.resized += 1;
    if (content(was) !== content(tile)) found.changed += 1;
  }
  found.removed = before.tiles.filter((tile) => !now.has(tile.id)).length;
  const renamed = before.name.trim() !== after.name.trim();
  const { added, removed, moved, resized, changed } = found;
  return { ...found, renamed, total: added + removed + moved + resized + changed + Number(renamed) };
}

/** All of a tile but its place. */
function content({ x: _x, y: _y, w: _w, h: _h, ...rest }: Tile): string {
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => a.localeCompare(b)));
}

/** `2 moved · 1 changed · board renamed` */
export function changesText(changes: Changes): string {
  const kinds = ['added', 'removed', 'moved', 'resized', 'changed'] as const;
  const parts = kinds.filter((kind) => changes[kind] > 0).map((kind) => `${changes[kind]} ${kind}`);
  if (changes.renamed) parts.push('board renamed');
  return parts.join(' · ');
}
