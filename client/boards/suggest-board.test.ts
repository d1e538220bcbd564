import { describe, expect, test } from 'vitest';
import { boardContent } from '../../shared/domain/board.ts';
import { type Sample, suggestTiles } from './suggest-board.ts';

const shapes = (samples: Sample[]): string[] =>
  suggestTiles(samples).map((tile) => `${tile.type} ${tile.title}`);

describe('a board made of what arrives', () => {
  test('the kind of data picks the tile', () => {
    expect(shapes([{ channel: 'tank.level', data: 71.4 }])).toEqual(['number tank.level']);
    expect(shapes([{ channel: 'door', data: true }])).toEqual(['status door']);
    expect(shapes([{ channel: 'gate.log', data: 'truck 7719 out' }])).toEqual(['log gate.log']);
    expect(shapes([{ channel: 'odd', data: [] }])).toEqual(['log odd']);
  });

  test('numbers that belong together make one chart', () => {
    const tiles = suggestTiles([
      { channel: 'moved.north', data: 32 },
      { channel: 'moved.south', data: 36 },
      { channel: 'tank.level', data: 71.4 },
    ]);
    expect(tiles.map((tile) => tile.title)).toEqual(['tank.level', 'moved.*']);
    expect(tiles[1]).toMatchObject({
      series: [{ channel: 'moved.north', label: 'north' }, { label: 'south' }],
    });
  });

  test('the numbers inside a record make a chart, a single one a number', () => {
    expect(suggestTiles([{ channel: 'host', data: { cpu: { percent: 12 }, load: 0.4 } }])[0]).toMatchObject({
      type: 'chart',
      series: [
        { channel: 'host', pointer: '/cpu/percent', label: 'cpu percent' },
        { channel: 'host', pointer: '/load' },
      ],
    });
    expect(suggestTiles([{ channel: 'one', data: { value: 5, unit: 'm' } }])[0]).toMatchObject({
      type: 'number',
      series: { pointer: '/value' },
    });
  });

  test('a record with a message is a log', () => {
    expect(
      suggestTiles([{ channel: 'events', data: { level: 'info', message: 'up', code: 7 } }])[0],
    ).toMatchObject({
      type: 'log',
      pointer: '/message',
      levelPointer: '/level',
    });
  });

  test('the board that comes of it is one the server takes, and no two tiles overlap', () => {
    const samples = Array.from({ length: 23 }, (_, index) => ({
      channel: `c${index}.v`,
      data: [1, 'text', true, { a: 1, b: 2 }][index % 4],
    }));
    const tiles = suggestTiles(samples);
    expect(boardContent.safeParse({ name: 'All', tiles }).success).toBe(true);
    const taken = new Set<string>();
    for (const { x, y, w, h } of tiles) {
      for (let column = x; column < x + w; column++) {
        for (let row = y; row < y + h; row++) {
          expect(taken.has(`${column},${row}`)).toBe(false);
          taken.add(`${column},${row}`);
        }
      }
    }
  });
});
