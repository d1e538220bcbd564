import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SeriesBuffer } from './series-buffer.ts';

const timesOf = (buffer: SeriesBuffer): number[] => [...buffer.view().times];
const valuesOf = (buffer: SeriesBuffer): number[] => [...buffer.view().values];

test('keeps the newest, in one piece', () => {
  const buffer = new SeriesBuffer(3);
  for (let n = 1; n <= 20; n++) buffer.push(n * 10, n);
  expect(timesOf(buffer)).toEqual([180, 190, 200]);
  expect(valuesOf(buffer)).toEqual([18, 19, 20]);
  expect(buffer.last).toEqual({ time: 200, value: 20 });
});

test('a view is a window on the buffer, not a copy', () => {
  const buffer = new SeriesBuffer(3);
  buffer.push(1, 1);
  expect(buffer.view().times.buffer).toBe(buffer.view().times.buffer);
  expect(buffer.view().times.byteLength).toBe(8);
});

test('[TIM-1] a time that steps back finds its place', () => {
  const buffer = new SeriesBuffer(4);
  for (const time of [10, 20, 30, 15, 25]) buffer.push(time, time);
  expect(timesOf(buffer)).toEqual([15, 20, 25, 30]);
});

test('the line is interrupted where a value is missing', () => {
  const buffer = new SeriesBuffer(8);
  for (const value of [1, 2, null, null, 3, Number.NaN, 4]) buffer.push(buffer.length * 10, value);
  expect(valuesOf(buffer)).toEqual([1, 2, 3, 4]);
  expect(buffer.view().breaks).toEqual([
    [10, 20],
    [20, 30],
  ]);
});

test('an interruption at the end waits for the value that ends it, one before the view is forgotten', () => {
  const buffer = new SeriesBuffer(2);
  buffer.push(1, 1);
  buffer.interrupt();
  expect(buffer.view().breaks).toEqual([]);
  buffer.push(2, 2);
  expect(buffer.view().breaks).toEqual([[1, 2]]);
  buffer.push(3, 3);
  expect(buffer.view().breaks).toEqual([]);
});

test('an empty buffer has nothing to interrupt', () => {
  const buffer = new SeriesBuffer(2);
  buffer.push(1, null);
  expect(buffer.view()).toEqual({ times: new Float64Array(), values: new Float64Array(), breaks: [] });
  expect(buffer.last).toBeUndefined();
});

test('whatever is pushed: sorted, bounded, and each value beside its time', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 50 })),
      (capacity, times) => {
        const buffer = new SeriesBuffer(capacity);
        for (const time of times) buffer.push(time, time * 2);
        const shown = timesOf(buffer);
        expect(shown).toHaveLength(Math.min(capacity, times.length));
        expect(shown).toEqual([...shown].sort((a, b) => a - b));
        expect(valuesOf(buffer)).toEqual(shown.map((time) => time * 2));
      },
    ),
  );
});
