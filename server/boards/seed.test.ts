import { expect, test } from 'vitest';
import { boardContent, channelsOfBoard, GRID_COLUMNS, type Tile } from '../../shared/domain/board.ts';
import { thisServerBoard } from './seed.ts';

const overlap = (a: Tile, b: Tile): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test.each([1, 2, 16, 256])('the first board on a machine with %i cores is a valid one', (cores) => {
  const { name, tiles } = boardContent.parse(thisServerBoard(cores));
  expect(name).toBe('This server');
  for (const tile of tiles) expect(tile.x + tile.w).toBeLessThanOrEqual(GRID_COLUMNS);
  const pairs = tiles.flatMap((a, at) => tiles.slice(at + 1).map((b) => [a, b] as const));
  expect(pairs.filter(([a, b]) => overlap(a, b))).toEqual([]);
  expect(channelsOfBoard(tiles).sort()).toEqual(['system.callboard', 'system.events', 'system.host']);
});

test('the first board shows every type of tile', () => {
  const types = new Set(thisServerBoard(2).tiles.map((tile) => tile.type));
  expect([...types].sort()).toEqual(['chart', 'gauge', 'log', 'number', 'status', 'table', 'text']);
});
