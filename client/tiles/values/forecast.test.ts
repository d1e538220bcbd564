import { expect, test } from 'vitest';
import { forecastText, timeToReach } from './forecast.ts';
import { everySecond } from './test-series.ts';

const rising = everySecond(Array.from({ length: 301 }, (_, second) => 70 + second / 300));

test('a steady rise reaches its limit when a straight line does', () => {
  expect(timeToReach(rising, 0, 80)).toBeCloseTo(9 * 300_000, -3);
});

test('what falls, what only trembles and what is too short reaches nothing', () => {
  const falling = everySecond(Array.from({ length: 301 }, (_, second) => 70 - second / 300));
  const trembling = everySecond(Array.from({ length: 301 }, (_, second) => 70 + Math.sin(second)));
  expect(timeToReach(falling, 0, 80)).toBeUndefined();
  expect(timeToReach(trembling, 0, 80)).toBeUndefined();
  expect(timeToReach(everySecond([70, 71, 72, 73]), 0, 80)).toBeUndefined();
});

test('nobody is told what happens in a week', () => {
  expect(timeToReach(rising, 0, 5_000)).toBeUndefined();
});

test('a forecast is no more precise than it is', () => {
  const minute = 60_000;
  expect(forecastText(7.4 * minute)).toBe('about 7 min');
  expect(forecastText(218 * minute)).toBe('about 3 h 40 min');
  expect(forecastText(13.3 * 60 * minute)).toBe('about 13 h');
});
