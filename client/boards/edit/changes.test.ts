import { expect, test } from 'vitest';
import { changesBetween, changesText } from './changes.ts';
import { numberTile } from './test-tiles.ts';

const before = { name: 'Ops', tiles: [numberTile('a', 0, 0), numberTile('b', 4, 0), numberTile('c', 8, 0)] };

test('saving says what it would do', () => {
  const after = {
    name: 'Operations',
    tiles: [numberTile('a', 0, 4), { ...numberTile('b', 4, 0, 6), title: 'Queue' }, numberTile('d', 12, 0)],
  };
  const changes = changesBetween(before, after);
  expect(changesText(changes)).toBe('1 added · 1 removed · 1 moved · 1 resized · 1 changed · board renamed');
  expect(changes.total).toBe(6);
});

test('a draft that came back to where it began changes nothing', () => {
  const [first, ...rest] = before.tiles;
  const { h, ...others } = first!;
  const reordered = { name: 'Ops ', tiles: [...rest, { h, ...others }] };
  expect(changesBetween(before, reordered as typeof before).total).toBe(0);
});
