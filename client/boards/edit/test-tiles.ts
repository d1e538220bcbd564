import type { Tile } from '../../../shared/domain/board.ts';

/** A number tile over a channel of its own. */
export function numberTile(id: string, x: number, y: number, w = 4, h = 4): Tile {
  return { id, type: 'number', title: id.toUpperCase(), x, y, w, h, series: { channel: id, pointer: '' } };
}
