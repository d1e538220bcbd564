import { expect, test } from 'vitest';
import { moveTile } from './grid-moves.ts';
import { stepText, tileText } from './spoken.ts';
import { numberTile } from './test-tiles.ts';

test('a tile says what it is and where it stands, counted from one', () => {
  expect(tileText(numberTile('cpu', 4, 0))).toBe('CPU, number, column 5, row 1, 4 wide, 4 high');
});

test('a step says where the tile is now and what it pushed', () => {
  const before = [numberTile('cpu', 0, 0), numberTile('disk', 4, 0)];
  const after = moveTile(before, 'cpu', { x: 2, y: 0 });
  expect(stepText(after[0]!, before, after)).toBe('CPU, column 3, row 1, 4 wide, 4 high; moved DISK down');
});

test('many that were pushed are counted', () => {
  const before = ['a', 'b', 'c', 'd'].map((id, index) => numberTile(id, index * 4, 0));
  const after = before.map((tile, index) => (index === 0 ? tile : { ...tile, y: 4 }));
  expect(stepText(after[0]!, before, after)).toMatch(/moved B and C and 1 more down$/);
});
