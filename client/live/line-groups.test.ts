import { expect, test } from 'vitest';
import { lineGroups, measureOf } from './line-groups.ts';

test('a bare number or switch is one line', () => {
  expect(lineGroups(41.2)).toEqual([
    { name: '', title: 'value', style: 'plain', unit: '', lines: [{ pointer: '', label: 'value' }] },
  ]);
  expect(lineGroups(true)).toHaveLength(1);
});

test('words alone make no chart', () => {
  expect(lineGroups('stopped')).toEqual([]);
  expect(lineGroups({ level: 'info', message: 'x' })).toEqual([]);
});

test('what stands together and has one unit shares a chart', () => {
  const groups = lineGroups({
    cpu: { percent: 41, cores: [40, 42] },
    memory: { usedBytes: 1, totalBytes: 2, percent: 50 },
    network: { receivedBytesPerSecond: 3, sentBytesPerSecond: 4 },
    fanoutMs: { p50: 1, p95: 2 },
  });
  expect(groups.map(({ name, style, lines }) => [name, style, lines.map((line) => line.label)])).toEqual([
    ['cpu, %', 'percent', ['percent']],
    ['cpu cores, numbers', 'plain', ['0', '1']],
    ['memory, bytes', 'bytes', ['usedBytes', 'totalBytes']],
    ['memory, %', 'percent', ['percent']],
    ['network, bytes a second', 'bytes', ['receivedBytesPerSecond', 'sentBytesPerSecond']],
    ['fanoutMs, time', 'duration', ['p50', 'p95']],
  ]);
});

test('many lines are spread over charts', () => {
  const groups = lineGroups({ cores: Array.from({ length: 12 }, (_, core) => core) });
  expect(groups.map(({ name, lines }) => [name, lines.length])).toEqual([
    ['cores, numbers 1 to 8', 8],
    ['cores, numbers 9 to 12', 4],
  ]);
});

test('the name of a field tells its unit', () => {
  expect(measureOf('/rssBytes')).toMatchObject({ style: 'bytes' });
  expect(measureOf('/uptimeSeconds')).toMatchObject({ style: 'plain', unit: 's' });
  expect(measureOf('/items')).toMatchObject({ style: 'plain', unit: '' });
});
