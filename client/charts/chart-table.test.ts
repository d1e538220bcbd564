import { expect, test } from 'vitest';
import { describeChart, factsOf, rowSpan, tableRows } from './chart-table.ts';
import type { ChartFrame } from './line-chart.ts';

const frame: ChartFrame = {
  range: { from: 0, to: 180_000 },
  views: [
    { times: Float64Array.of(1_000, 61_000, 119_000), values: Float64Array.of(12, 93, 41), breaks: [] },
    { times: Float64Array.of(2_000), values: Float64Array.of(7), breaks: [] },
  ],
  gaps: [{ from: 130_000, to: 170_000, kind: 'void', label: 'offline 40 s' }],
};

test('a chart as a table is newest first, with the newest value of each span and what is missing', () => {
  expect(tableRows(frame, 60_000)).toEqual([
    { time: 120_000, values: [undefined, undefined], note: 'offline 40 s' },
    { time: 60_000, values: [41, undefined], note: '' },
    { time: 0, values: [12, 7], note: '' },
  ]);
});

test('rows stand for round spans', () => {
  expect(rowSpan(15 * 60_000, 60)).toBe(15_000);
  expect(rowSpan(24 * 3_600_000, 60)).toBe(1_800_000);
});

test('the spoken name says now, lowest and highest', () => {
  const facts = factsOf(frame, ['', 'rail']);
  expect(describeChart('CPU', '3 min', facts, (value) => `${value} %`)).toBe(
    'CPU, last 3 min: now 41 %, min 12 %, max 93 %; rail now 7 %, min 7 %, max 7 %',
  );
});
