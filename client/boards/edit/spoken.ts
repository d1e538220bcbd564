import type { Tile } from '../../../shared/domain/board.ts';
import { typeFacts } from './draft.ts';

/** `column 5, row 1, 4 wide, 4 high`: counted from one, as people do. */
export function placeText({ x, y, w, h }: Pick<Tile, 'x' | 'y' | 'w' | 'h'>): string {
  return `column ${x + 1}, row ${y + 1}, ${w} wide, ${h} high`;
}

/** What a voice says of a tile that has the focus. */
export function tileText(tile: Tile): string {
  return `${tile.title}, ${typeFacts[tile.type].label.toLowerCase()}, ${placeText(tile)}`;
}

/** More than this in one sentence is not listened to. */
const NAMED_MAX = 2;

/** What one step of the keyboard did, to the tile and to those it pushed: `CPU, column 3, row 1, …; moved Disk down`. */
export function stepText(tile: Tile, before: readonly Tile[], after: readonly Tile[]): string {
  const was = new Map(before.map((one) => [one.id, one.y]));
  const others = after.filter((one) => one.id !== tile.id && was.get(one.id) !== one.y);
  const parts = (['down', 'up'] as const).flatMap((way) => {
    const names = others
      .filter((one) => one.y > was.get(one.id)! === (way === 'down'))
      .map((one) => one.title);
    if (names.length === 0) return [];
    const rest = names.length - NAMED_MAX;
    const list = names.slice(0, NAMED_MAX).join(' and ');
    return [`moved ${rest > 0 ? `${list} and ${rest} more` : list} ${way}`];
  });
  return [`${tile.title}, ${placeText(tile)}`, ...parts].join('; ');
}
