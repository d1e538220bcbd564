import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tile } from '../../../shared/domain/board.ts';
import { addTile, freePlace, moveTile, placeTile, pull, removeTile } from './grid-moves.ts';
import { numberTile } from './test-tiles.ts';

const placeOf = (tiles: readonly Tile[], id: string): number[] => {
  const { x, y, w, h } = tiles.find((tile) => tile.id === id)!;
  return [x, y, w, h];
};

test('a tile that is moved onto others pushes them down', () => {
  const moved = moveTile([numberTile('a', 0, 0), numberTile('b', 4, 0)], 'a', { x: 4, y: 0 });
  expect(placeOf(moved, 'a')).toEqual([4, 0, 4, 4]);
  expect(placeOf(moved, 'b')).toEqual([4, 4, 4, 4]);
});

test('what stood below comes up when the place above it is left', () => {
  const moved = moveTile([numberTile('a', 0, 0), numberTile('b', 0, 4)], 'a', { x: 12, y: 0 });
  expect(placeOf(moved, 'b')).toEqual([0, 0, 4, 4]);
});

test('tiles that did not move stay the same objects, so that nothing is drawn anew', () => {
  const tiles = [numberTile('a', 0, 0), numberTile('b', 12, 0)];
  expect(moveTile(tiles, 'a', { x: 4, y: 0 })[1]).toBe(tiles[1]);
});

test('a tile cannot leave the grid nor get too small to be read', () => {
  const tiles = [numberTile('a', 20, 0)];
  expect(placeOf(moveTile(tiles, 'a', { x: 30, y: -3 }), 'a')).toEqual([20, 0, 4, 4]);
  expect(placeOf(placeTile(tiles, 'a', { x: 20, y: 0, w: 1, h: 1 }), 'a')).toEqual([20, 0, 3, 3]);
  expect(placeOf(placeTile(tiles, 'a', { x: 20, y: 0, w: 9, h: 4 }), 'a')).toEqual([20, 0, 4, 4]);
});

test('pulling a left or upper edge keeps the other edge where it is', () => {
  const place = { x: 8, y: 4, w: 6, h: 5 };
  const least = { w: 3, h: 3 };
  expect(pull(place, 'w', -2, 0, least)).toEqual({ x: 6, y: 4, w: 8, h: 5 });
  expect(pull(place, 'nw', 9, 9, least)).toEqual({ x: 11, y: 6, w: 3, h: 3 });
  expect(pull(place, 'se', 2, 1, least)).toEqual({ x: 8, y: 4, w: 8, h: 6 });
});

test('a new tile takes the first place that has room for it', () => {
  const tiles = [numberTile('a', 0, 0), numberTile('b', 8, 0)];
  expect(freePlace(tiles, { w: 4, h: 4 })).toEqual({ x: 4, y: 0 });
  expect(placeOf(addTile(tiles, numberTile('c', 0, 0, 24, 2)), 'c')).toEqual([0, 4, 24, 2]);
});

test('those below a tile that is removed come up', () => {
  expect(placeOf(removeTile([numberTile('a', 0, 0), numberTile('b', 0, 4)], 'a'), 'b')).toEqual([0, 0, 4, 4]);
});

test('no sequence of moves and sizes ever makes two tiles overlap', () => {
  const start = [
    numberTile('a', 0, 0),
    numberTile('b', 4, 0, 8, 6),
    numberTile('c', 0, 6, 12, 3),
    numberTile('d', 12, 0),
  ];
  const act = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    x: fc.integer({ min: -5, max: 30 }),
    y: fc.integer({ min: -5, max: 30 }),
    w: fc.integer({ min: 1, max: 30 }),
    h: fc.integer({ min: 1, max: 12 }),
    resize: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      let tiles: Tile[] = start;
      for (const { id, resize, ...to } of acts)
        tiles = resize ? placeTile(tiles, id, to) : moveTile(tiles, id, to);
      const cells = new Set<string>();
      let count = 0;
      for (const { x, y, w, h } of tiles) {
        expect(x + w).toBeLessThanOrEqual(24);
        for (let column = x; column < x + w; column++) {
          for (let row = y; row < y + h; row++, count++) cells.add(`${column} ${row}`);
        }
      }
      expect(cells.size).toBe(count);
    }),
  );
});
