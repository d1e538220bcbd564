import { expect, test } from 'vitest';
import { changeText, changeWindow } from './change-text.ts';
import { everySecond } from './test-series.ts';

const window = { from: 1_000_000 - 60_000, to: 1_000_000, words: '1 min' };
const minute = (of: (second: number) => number): number[] =>
  Array.from({ length: 61 }, (_, second) => of(second));

test('a value that went somewhere says how far', () => {
  expect(changeText(everySecond(minute((s) => (s < 30 ? 12 : 14))), window, {})).toBe('+2 in 1 min');
  expect(changeText(everySecond(minute((s) => 30 - s / 6)), window, { unit: 'kg' })).toBe(
    '\u221210\u00A0kg in 1 min',
  );
});

test('a value that goes up and down says between what', () => {
  const noisy = everySecond(minute((s) => (s % 2 === 0 ? 12 : 93)));
  expect(changeText(noisy, window, { style: 'percent', decimals: 0 })).toBe('12 to 93\u00A0% in 1 min');
});

test('a value that does not change in what is shown is steady', () => {
  const steady = everySecond(minute((s) => 71.2 + s / 10_000));
  expect(changeText(steady, window, { decimals: 0 })).toBe('steady for 1 min');
});

test('a series younger than the window says its own age', () => {
  const young = everySecond([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(changeText(young, window, {})).toBe('+10 in 10 s');
});

test('one value is no change', () => {
  expect(changeText(everySecond([5]), window, {})).toBe('');
});

test('a change that would be written as nothing is told by the range', () => {
  const values = everySecond(minute((s) => 0.4 + s / 300));
  expect(changeText(values, window, { style: 'percent', decimals: 0 })).toBe('0 to 1\u00A0% in 1 min');
});

test('what is said of a value holds the newest one, also where this clock is behind the server’s', () => {
  const peak = everySecond([...minute((s) => 12 + (s % 2)), 224], 1_000_000);
  const of = changeWindow(peak, 999_500, { windowMs: 60_000, windowWords: '1 min' });
  expect(of).toEqual({ from: 940_000, to: 1_000_000, words: '1 min' });
  expect(changeText(peak, of, {})).toContain('+211');
});
