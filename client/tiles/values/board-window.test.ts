import { expect, test } from 'vitest';
import { boardSearch, historyFor } from './board-window.ts';

test('the address names a window, and garbage in it is as if it were absent', () => {
  expect(boardSearch({ win: '1h' })).toEqual({ win: '1h' });
  expect(boardSearch({ win: '7 weeks' })).toEqual({});
  expect(boardSearch({ win: ['1h'] })).toEqual({});
});

test('short windows ask for every publication, long ones for points', () => {
  expect(historyFor(15 * 60_000)).toMatchObject({ historyMs: 900_000 });
  expect(historyFor(15 * 60_000).points).toBeUndefined();
  expect(historyFor(3_600_000).points).toBeGreaterThan(300);
});
