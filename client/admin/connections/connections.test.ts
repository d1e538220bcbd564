import { expect, test } from 'vitest';
import type { Connection } from '../../../shared/domain/connection.ts';
import { rowsAfter } from './held-order.ts';
import { sinceText } from './since.ts';
import { addTotals, HISTORY_MS, type Totals } from './totals-history.ts';

function one(id: string, rttMs = 10): Connection {
  return {
    id,
    person: { id: `person-${id}`, name: id },
    role: 'viewer',
    kind: 'browser',
    device: 'Chrome 141, Windows',
    address: '10.0.3.22',
    since: 0,
    editing: false,
    tags: [],
    rttMs,
    outboxBytes: 0,
    slow: false,
    channels: 1,
  };
}

const shown = (held: ReturnType<typeof rowsAfter>): string[] =>
  held.rows.map((row) => `${row.connection.id}${row.gone ? ' gone' : ''}`);

test('while nobody is in the table the order is the server’s', () => {
  const before = rowsAfter([], [one('a'), one('b')], false).rows;
  expect(shown(rowsAfter(before, [one('b'), one('c')], false))).toEqual(['b', 'c']);
});

test('while somebody is in the table rows keep their place, figures change in them, and changes wait', () => {
  const before = rowsAfter([], [one('a'), one('b'), one('c')], false).rows;
  const after = rowsAfter(before, [one('new'), one('c', 99), one('a')], true);
  expect(shown(after)).toEqual(['a', 'b gone', 'c']);
  expect(after.rows[2]?.connection.rttMs).toBe(99);
  expect(after.waiting).toBe(2);
});

test('a held list still grows at its end, where nothing moves', () => {
  const before = rowsAfter([], [one('a'), one('b')], false).rows;
  const after = rowsAfter(before, [one('a'), one('b'), one('c'), one('d')], true);
  expect(shown(after)).toEqual(['a', 'b', 'c', 'd']);
  expect(after.waiting).toBe(0);
});

test('the first rows come even while the pointer waits for them', () => {
  expect(shown(rowsAfter([], [one('a')], true))).toEqual(['a']);
});

const totals = (people: number): Totals => ({ people, browsers: 0, walls: 0, programs: 0, slow: 0 });

test('a quiet stretch keeps only its edges, and what is too old leaves', () => {
  let history = addTotals([], totals(1), 0);
  for (const time of [1_000, 2_000, 3_000]) history = addTotals(history, totals(1), time);
  expect(history.map((at) => at.time)).toEqual([0, 3_000]);
  history = addTotals(history, totals(2), 4_000);
  history = addTotals(history, totals(2), 4_000 + HISTORY_MS + 1);
  expect(history.map((at) => at.time)).toEqual([4_000, 4_000 + HISTORY_MS + 1]);
});

test('since when: a clock time within a day, then days', () => {
  expect(sinceText(0, 3_600_000)).toMatch(/^\d\d:\d\d$/);
  expect(sinceText(0, 11 * 86_400_000)).toBe('11 d');
});
