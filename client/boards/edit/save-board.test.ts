import { expect, test } from 'vitest';
import { faultOf } from './save-board.ts';
import { numberTile } from './test-tiles.ts';

test('a draft that can be saved has no fault', () => {
  expect(faultOf({ name: 'Ops', tiles: [numberTile('a', 0, 0)] })).toBeUndefined();
});

test('a fault names the tile and the field', () => {
  expect(faultOf({ name: ' ', tiles: [] })).toBe('The board needs a name.');
  const bad = { ...numberTile('a', 0, 0), series: { channel: 'not a name', pointer: '' } };
  expect(faultOf({ name: 'Ops', tiles: [bad as never] })).toMatch(/^A: series channel /);
});
