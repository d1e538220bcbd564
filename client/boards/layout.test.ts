import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TileType } from '../../shared/domain/board.ts';
import { arrange, type Place, type PlacedTile, readingOrder, rowsOf } from './layout.ts';

function tile(id: string, type: TileType, x: number, y: number, w: number, h: number): PlacedTile {
  return { id, type, x, y, w, h };
}

const harbour = [
  tile('moved', 'chart', 0, 4, 14, 7),
  tile('ships', 'number', 0, 0, 4, 4),
  tile('gate', 'number', 4, 0, 4, 4),
  tile('tank', 'gauge', 8, 0, 4, 4),
  tile('lights', 'status', 16, 0, 8, 4),
  tile('log', 'log', 0, 11, 14, 6),
];

test('tiles are read row by row from the left', () => {
  expect(readingOrder(harbour).map(({ id }) => id)).toEqual([
    'ships',
    'gate',
    'tank',
    'lights',
    'moved',
    'log',
  ]);
});

test('the full grid is the board as it was drawn', () => {
  expect(arrange(harbour, 24).get('gate')).toEqual({ x: 4, y: 0, w: 4, h: 4 });
});

test('on a phone numbers stand two abreast and charts take the width', () => {
  const places = arrange(harbour, 2);
  expect(places.get('ships')).toMatchObject({ x: 0, y: 0, w: 1 });
  expect(places.get('gate')).toMatchObject({ x: 1, y: 0, w: 1 });
  expect(places.get('moved')).toMatchObject({ x: 0, w: 2 });
});

test('a number without a neighbour takes the width too', () => {
  expect(arrange(harbour, 2).get('tank')).toMatchObject({ x: 0, w: 2 });
});

test('on a tablet no shelf is left short', () => {
  const places = [...arrange(harbour, 12).values()];
  for (const y of new Set(places.map((place) => place.y))) {
    const shelf = places.filter((place) => place.y === y);
    expect(shelf.reduce((sum, place) => sum + place.w, 0)).toBe(12);
  }
});

test('no two tiles overlap on any screen, whatever the board', () => {
  const types: TileType[] = ['number', 'chart', 'gauge', 'status', 'log', 'table', 'text'];
  const anyTile = fc.record({
    type: fc.constantFrom(...types),
    x: fc.integer({ min: 0, max: 23 }),
    y: fc.integer({ min: 0, max: 40 }),
    w: fc.integer({ min: 1, max: 24 }),
    h: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(
      fc.array(anyTile, { maxLength: 20 }),
      fc.constantFrom(2 as const, 12 as const),
      (drawn, columns) => {
        const tiles = drawn.map((one, index) => ({ ...one, id: String(index) }));
        const places = [...arrange(tiles, columns).values()];
        expect(places).toHaveLength(tiles.length);
        const cells = new Set<string>();
        for (const place of places) for (const cell of cellsOf(place)) cells.add(cell);
        expect(cells.size).toBe(places.reduce((sum, { w, h }) => sum + w * h, 0));
        expect(Math.max(0, ...places.map(({ x, w }) => x + w))).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

function* cellsOf({ x, y, w, h }: Place): Generator<string> {
  for (let column = x; column < x + w; column++)
    for (let row = y; row < y + h; row++) yield `${column} ${row}`;
}

test('a board is as high as its lowest tile', () => {
  expect(rowsOf(harbour)).toBe(17);
});
