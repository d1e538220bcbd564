import { expect, test } from 'vitest';
import { drawWeather, planFaults } from './plan.ts';
import { seededRandom } from './random.ts';

test('the same seed plans the same faults, in order of time; another seed plans others', () => {
  const plan = planFaults(42, 60_000);
  expect(planFaults(42, 60_000)).toEqual(plan);
  expect(planFaults(43, 60_000)).not.toEqual(plan);
  expect(plan.map(({ at }) => at)).toEqual(plan.map(({ at }) => at).sort((a, b) => a - b));
});

test('every run kills and drains, and has each fault that its length allows', () => {
  const short = new Set(planFaults(1, 20_000).map(({ fault }) => fault));
  expect([...short]).toEqual(expect.arrayContaining(['kill', 'drain', 'reset', 'stall', 'half-open']));
  const kinds = new Set(planFaults(1, 300_000).map(({ fault }) => fault));
  expect(kinds.size).toBe(10);
});

test('lines differ', () => {
  const random = seededRandom(1);
  const drawn = new Set(Array.from({ length: 50 }, () => Object.keys(drawWeather(random)).join()));
  expect([...drawn].sort()).toEqual(['', 'down', 'up,down']);
});
