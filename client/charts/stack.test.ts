import { expect, test } from 'vitest';
import type { SeriesView } from './series-view.ts';
import { stack } from './stack.ts';

function view(points: [number, number][]): SeriesView {
  return {
    times: Float64Array.from(points, ([time]) => time),
    values: Float64Array.from(points, ([, value]) => value),
    breaks: [],
  };
}

test('each series stands on those before it', () => {
  const [low, high] = stack([
    view([
      [1, 10],
      [2, 20],
    ]),
    view([
      [1, 1],
      [2, 2],
    ]),
  ]);
  expect([...low!.values]).toEqual([10, 20]);
  expect([...high!.values]).toEqual([11, 22]);
});

test('series of other times count with their last value, and with nothing before their first', () => {
  const [, high] = stack([
    view([
      [1, 10],
      [3, 30],
    ]),
    view([[2, 5]]),
  ]);
  expect([...high!.times]).toEqual([1, 2, 3]);
  expect([...high!.values]).toEqual([10, 15, 35]);
});
