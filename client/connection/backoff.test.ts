import { expect, test } from 'vitest';
import { retryDelay, spreadDelay } from './backoff.ts';

const ALMOST = 0.999_999;

test('the first try comes within the spread, and within 300 ms where none was asked for', () => {
  expect(retryDelay(1, 0, 0)).toBe(0);
  expect(retryDelay(1, 0, ALMOST)).toBeCloseTo(300, 1);
  expect(retryDelay(1, 30_000, ALMOST)).toBeCloseTo(30_000, 0);
  expect(spreadDelay(100, ALMOST)).toBeCloseTo(300, 1);
});

test('later tries wait between 0.5 s and a bound that doubles up to 20 s', () => {
  const bounds = [2, 3, 4, 5, 6, 7, 8, 500].map((attempt) => Math.round(retryDelay(attempt, 30_000, ALMOST)));
  expect(bounds).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]);
  for (const attempt of [2, 5, 500]) expect(retryDelay(attempt, 30_000, 0)).toBe(500);
});
