import { expect, test } from 'vitest';
import { tile as tileSchema } from '../../../shared/domain/board.ts';
import { tileTypes } from './draft.ts';
import { asType, newTile } from './new-tile.ts';

const data = { cpu: { percent: 41 }, load: 1.2, state: 'up', message: 'started', level: 'info' };

test('a new tile of any type is one the server accepts', () => {
  for (const type of tileTypes) {
    const made = newTile({ id: 't1', type, channel: 'system.host', data });
    expect(tileSchema.safeParse(made).error, type).toBeUndefined();
  }
});

test('a chart begins with the numbers that the channel sends', () => {
  const chart = newTile({ id: 't1', type: 'chart', channel: 'host', data });
  expect(chart).toMatchObject({
    series: [
      { pointer: '/cpu/percent', label: 'cpu percent' },
      { pointer: '/load', label: 'load' },
    ],
  });
});

test('a log finds the line and the level', () => {
  expect(newTile({ id: 't1', type: 'log', channel: 'host', data })).toMatchObject({
    pointer: '/message',
    levelPointer: '/level',
  });
});

test('a tile changed to any type and back keeps its title, place and source', () => {
  const number = newTile({ id: 't1', type: 'number', channel: 'host', pointer: '/load', data });
  for (const type of tileTypes) {
    const other = asType(number, type);
    expect(tileSchema.safeParse(other).error, type).toBeUndefined();
    expect(other).toMatchObject({ id: 't1', title: number.title, x: number.x, y: number.y });
  }
  expect(asType(asType(number, 'chart'), 'number')).toMatchObject({
    series: { channel: 'host', pointer: '/load' },
  });
});
