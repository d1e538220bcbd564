import { expect, test } from 'vitest';
import { ChartGroup } from './chart-group.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;

test('the window runs with the clock, a moment behind it', () => {
  const group = new ChartGroup();
  group.reaches(0);
  const { from, to } = group.range(NOW, 15 * MINUTE);
  expect(to).toBe(NOW - 1_000);
  expect(to - from).toBe(15 * MINUTE);
});

test('a board whose oldest data is young shows the shortest usual span that holds it', () => {
  const group = new ChartGroup();
  group.reaches(NOW - 4 * MINUTE);
  const { from, to } = group.range(NOW, 15 * MINUTE);
  expect(to - from).toBe(5 * MINUTE);
  group.reaches(NOW - 40 * MINUTE);
  expect(group.range(NOW, 15 * MINUTE).from).toBe(NOW - 1_000 - 15 * MINUTE);
});

test('while one holder is left the window stands still', () => {
  const group = new ChartGroup();
  group.reaches(0);
  group.hold('pointer', NOW);
  group.hold('keyboard', NOW + 5_000);
  group.release('pointer');
  expect(group.range(NOW + 60_000, MINUTE).to).toBe(NOW - 1_000);
  group.release('keyboard');
  expect(group.range(NOW + 60_000, MINUTE).to).toBe(NOW + 59_000);
});

test('a zoom holds until it is taken back, and tells every chart', () => {
  const group = new ChartGroup();
  let told = 0;
  group.listen(() => told++);
  group.zoom({ from: 10_000, to: 40_000 });
  expect(group.range(NOW, MINUTE)).toEqual({ from: 10_000, to: 40_000 });
  expect(group.zoomed).toBe(true);
  group.zoom();
  expect(group.zoomed).toBe(false);
  expect(told).toBe(2);
});

test('a drag of a shaking hand is no zoom', () => {
  const group = new ChartGroup();
  group.zoom({ from: 10_000, to: 10_900 });
  expect(group.zoomed).toBe(false);
});
