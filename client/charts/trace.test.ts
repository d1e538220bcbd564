import { expect, test } from 'vitest';
import type { SeriesView } from './series-view.ts';
import { AreaPen, type Pen, trace } from './trace.ts';

function view(values: number[], breaks: [number, number][] = [], step = 1_000): SeriesView {
  return {
    times: Float64Array.from(values, (_, index) => index * step),
    values: Float64Array.from(values),
    breaks,
  };
}

function draw(one: SeriesView, from: number, to: number, msPerPixel: number): string[] {
  const marks: string[] = [];
  const pen: Pen = {
    moveTo: (x, y) => marks.push(`M${x},${y}`),
    lineTo: (x, y) => marks.push(`L${x},${y}`),
  };
  trace(pen, one, { from, to, msPerPixel, x: (time) => time / 1_000, y: (value) => value });
  return marks;
}

test('a line is drawn through its points, with one beyond each edge', () => {
  expect(draw(view([1, 2, 3, 4, 5, 6]), 1_500, 3_500, 100)).toEqual(['M1,2', 'L2,3', 'L3,4', 'L4,5']);
});

test('a break begins a new stroke', () => {
  expect(draw(view([1, 2, 3, 4], [[1_000, 2_000]]), 0, 3_000, 100)).toEqual(['M0,1', 'L1,2', 'M2,3', 'L3,4']);
});

test('points that share a pixel are drawn as first, lowest, highest and last', () => {
  const dense = view([5, 1, 9, 4, 7, 7, 7, 7], [], 100);
  expect(draw(dense, 0, 800, 400)).toEqual([
    'M0,5',
    'L0.3,1',
    'L0.3,9',
    'L0.3,4',
    'L0.4,7',
    'L0.7,7',
    'L0.7,7',
    'L0.7,7',
  ]);
});

test('pixel columns are cut in absolute time, so that a gliding line does not shimmer', () => {
  const values = Array.from({ length: 400 }, (_, index) => Math.sin(index / 3));
  const one = view(values, [], 100);
  const before = draw(one, 10_000, 30_000, 1_000);
  const after = draw(one, 10_300, 30_300, 1_000);
  const middle = before.slice(10, -10);
  expect(after.join(' ')).toContain(middle.join(' '));
});

test('an area comes down to its baseline at the end of each run', () => {
  const marks: string[] = [];
  const pen = new AreaPen(
    { moveTo: (x, y) => marks.push(`M${x},${y}`), lineTo: (x, y) => marks.push(`L${x},${y}`) },
    99,
  );
  pen.moveTo(0, 1);
  pen.lineTo(1, 2);
  pen.moveTo(5, 3);
  pen.finish();
  expect(marks).toEqual(['M0,99', 'L0,1', 'L1,2', 'L1,99', 'M5,99', 'L5,3', 'L5,99']);
});
