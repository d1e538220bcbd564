import { expect, test } from 'vitest';
import { niceStep, rangeOf, steadyAxis, valueAxis } from './value-axis.ts';

test('steps are 1, 2 or 5 times a power of ten', () => {
  expect([0.3, 1, 1.2, 4, 7, 12, 0.012].map((raw) => niceStep(raw))).toEqual([0.5, 1, 2, 5, 10, 20, 0.02]);
});

test('bytes step by powers of 1,024', () => {
  expect(niceStep(900, 'binary')).toBe(1024);
  expect(niceStep(3 * 1024, 'binary')).toBe(5 * 1024);
  expect(niceStep(0.9 * 1024 ** 2, 'binary')).toBe(1024 ** 2);
});

test('durations step like a clock from a second on', () => {
  expect(niceStep(7_000, 'duration')).toBe(10_000);
  expect(niceStep(100_000, 'duration')).toBe(120_000);
  expect(niceStep(30, 'duration')).toBe(50);
});

test('the ends of the axis lie on ticks, and ticks are round however often they are added', () => {
  const axis = valueAxis(0, 57, { steps: 3 });
  expect(axis).toMatchObject({ min: 0, max: 60, ticks: [0, 20, 40, 60] });
  expect(valueAxis(0, 0.57, { steps: 6 }).ticks).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
});

test('ends that a person has set are kept', () => {
  expect(valueAxis(13, 88, { steps: 5, min: 0, max: 100 })).toMatchObject({ min: 0, max: 100 });
});

test('counts have no ticks between whole numbers', () => {
  expect(valueAxis(0, 2, { steps: 5, minStep: 1 }).ticks).toEqual([0, 1, 2]);
});

test('a value that never changes is a line inside the picture', () => {
  const axis = valueAxis(5, 5, { steps: 4 });
  expect(axis.min).toBeLessThan(5);
  expect(axis.max).toBeGreaterThan(5);
});

test('zero is in the picture unless the line stays far above it', () => {
  expect(rangeOf(5, 57, { zero: false, limits: [] })).toEqual([0, 57]);
  expect(rangeOf(29, 38, { zero: false, limits: [] })).toEqual([29, 38]);
  expect(rangeOf(29, 38, { zero: true, limits: [] })).toEqual([0, 38]);
});

test('a limit within reach belongs into the picture, a far one does not', () => {
  expect(rangeOf(29, 38, { zero: false, limits: [40] })[1]).toBe(40);
  expect(rangeOf(29, 38, { zero: false, limits: [400] })[1]).toBe(38);
});

test('what moves by a part of a percent looks steady', () => {
  const [low, high] = rangeOf(62, 62.1, { zero: false, limits: [] });
  expect(high - low).toBeGreaterThan(6);
});

test('an axis grows at once and shrinks only when much of it is empty', () => {
  const old = valueAxis(0, 57, { steps: 3 });
  expect(steadyAxis(old, valueAxis(0, 81, { steps: 3 })).max).toBe(90 + 10);
  expect(steadyAxis(old, valueAxis(0, 39, { steps: 3 }))).toBe(old);
  expect(steadyAxis(old, valueAxis(0, 12, { steps: 3 })).max).toBeLessThan(20);
});
