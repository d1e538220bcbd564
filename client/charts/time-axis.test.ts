import { expect, test } from 'vitest';
import { timeLabel, timeStep, timeTicks } from './time-axis.ts';

const MINUTE = 60_000;

test('the step leaves room for each label', () => {
  expect(timeStep(15 * MINUTE, 655)).toBe(3 * MINUTE);
  expect(timeStep(5 * MINUTE, 655)).toBe(MINUTE);
  expect(timeStep(24 * 60 * MINUTE, 655)).toBe(6 * 60 * MINUTE);
  expect(timeStep(30_000, 655)).toBe(5_000);
});

test('ticks stand on round times of the local clock and keep them while the window glides', () => {
  const from = new Date(2026, 10, 22, 14, 7, 16).getTime();
  const ticks = timeTicks(from, from + 15 * MINUTE, 3 * MINUTE);
  expect(ticks.map((tick) => timeLabel(tick, 3 * MINUTE))).toEqual([
    '14:09',
    '14:12',
    '14:15',
    '14:18',
    '14:21',
  ]);
  expect(timeTicks(from + 7_000, from + 15 * MINUTE, 3 * MINUTE)).toEqual(ticks);
});

test('seconds are written where they tell something', () => {
  const at = new Date(2026, 10, 22, 14, 7, 5).getTime();
  expect(timeLabel(at, 5_000)).toBe('14:07:05');
  expect(timeLabel(at, MINUTE)).toBe('14:07');
});
