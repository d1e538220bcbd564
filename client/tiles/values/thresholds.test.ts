import { expect, test } from 'vitest';
import type { Threshold } from '../../../shared/domain/board.ts';
import { everySecond } from './test-series.ts';
import { breachedSince, breachOf, breachText, wordOf } from './thresholds.ts';

const warn: Threshold = { when: 'above', value: 30, severity: 'warning' };
const full: Threshold = { when: 'above', value: 45, severity: 'critical', word: 'FULL' };
const low: Threshold = { when: 'below', value: 5, severity: 'warning' };

test('the most severe limit that is passed decides', () => {
  expect(breachOf(38, [warn, full, low])).toBe(warn);
  expect(breachOf(46, [warn, full, low])).toBe(full);
  expect(breachOf(4, [warn, full, low])).toBe(low);
});

test('of two limits of one severity the one passed last decides', () => {
  const higher: Threshold = { ...warn, value: 36 };
  expect(breachOf(38, [warn, higher])).toBe(higher);
});

test('a value on its limit has not passed it, and nothing passes nothing', () => {
  expect(breachOf(30, [warn])).toBeUndefined();
  expect(breachOf(undefined, [warn])).toBeUndefined();
});

test('a limit without a word of its own says which way it was passed', () => {
  expect([wordOf(warn), wordOf(low), wordOf(full)]).toEqual(['HIGH', 'LOW', 'FULL']);
});

test('a breach began after the last value within the limit', () => {
  const view = everySecond([35, 20, 31, 40, 38], 100_000);
  expect(breachedSince(view, warn, 0)).toBe(98_000);
});

test('a breach as old as the window says how long that is', () => {
  const view = everySecond([35, 36, 38], 100_000);
  const text = breachText(view, warn, { from: 0, words: '15 min' }, { unit: 'trucks' });
  expect(text).toEqual({ limit: 'over 30', since: 'for 15 min' });
});

test('the unit is written where values do not all have the same', () => {
  const bytes: Threshold = { when: 'above', value: 2 * 1024 ** 2, severity: 'warning' };
  const text = breachText(everySecond([3e6]), bytes, { from: 0, words: '15 min' }, { style: 'bytes' });
  expect(text.limit).toBe('over 2\u00A0MiB');
});
