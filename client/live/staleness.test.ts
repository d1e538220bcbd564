import { expect, test } from 'vitest';
import { learnedInterval, staleness } from './staleness.ts';

test.each([
  [20_000, 'fresh'],
  [20_001, 'late'],
  [50_000, 'late'],
  [50_001, 'stale'],
])('a channel that speaks every 10 s, silent for %i ms, is %s', (age, expected) => {
  const now = 1_000_000;
  expect(staleness({ lastReceivedAt: now - age, intervalMs: 10_000, now, offline: false })).toBe(expected);
});

test('nobody can tell while offline', () => {
  expect(staleness({ lastReceivedAt: 1, intervalMs: 1, now: 9e9, offline: true })).toBe('unknown');
  expect(staleness({ now: 9e9, offline: true })).toBe('unknown');
});

test('nothing ever came, or nothing is expected', () => {
  expect(staleness({ now: 9e9, offline: false })).toBe('none');
  expect(staleness({ lastReceivedAt: 1, now: 9e9, offline: false })).toBe('fresh');
});

test('a fast channel is not late after a tenth of a second', () => {
  expect(staleness({ lastReceivedAt: 0, intervalMs: 20, now: 2_000, offline: false })).toBe('fresh');
  expect(staleness({ lastReceivedAt: 0, intervalMs: 20, now: 2_001, offline: false })).toBe('late');
});

test('the interval is learned from the middle of recent distances, whatever one pause did', () => {
  expect(learnedInterval([0, 10])).toBeUndefined();
  expect(learnedInterval([0, 10, 20, 500, 510])).toBe(10);
  expect(learnedInterval([0, 10, 30])).toBe(15);
  expect(learnedInterval([30, 20, 10])).toBe(0);
});
