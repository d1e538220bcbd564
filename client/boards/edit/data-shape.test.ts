import { expect, test } from 'vitest';
import { fieldsOf, suggestType } from './data-shape.ts';

test('every place that can be shown is offered, with what stands there', () => {
  expect(fieldsOf({ node: 'n1', cpu: { percent: 41.26, cores: [40, 42] }, ok: true, none: null })).toEqual([
    { pointer: '/node', kind: 'text', sample: 'n1' },
    { pointer: '/cpu/percent', kind: 'number', sample: '41.26' },
    { pointer: '/cpu/cores', kind: 'list', sample: '2 entries' },
    { pointer: '/cpu/cores/0', kind: 'number', sample: '40' },
    { pointer: '/cpu/cores/1', kind: 'number', sample: '42' },
    { pointer: '/ok', kind: 'switch', sample: 'true' },
  ]);
});

test('a bare value is its own place, and odd keys are escaped', () => {
  expect(fieldsOf(7)).toEqual([{ pointer: '', kind: 'number', sample: '7' }]);
  expect(fieldsOf({ 'a/b~c': 1 })[0]?.pointer).toBe('/a~1b~0c');
});

test.each([
  ['a number', 41.2, 'number'],
  ['yes or no', true, 'status'],
  ['a word', 'running', 'status'],
  ['a sentence', 'truck 3301 in, lane 1, empty', 'log'],
  ['several numbers', { north: 1, south: 2 }, 'chart'],
  ['a message with a level', { level: 'info', message: 'started' }, 'log'],
  ['a list of records', [{ ship: 'Maren', berth: 1 }], 'table'],
] as const)('%s suggests its type', (_, data, type) => {
  expect(suggestType(data)).toBe(type);
});

test('one place of a datum suggests by what stands there', () => {
  const data = { cpu: { percent: 41 }, count: 3, state: 'up', note: 'all is well' };
  expect(suggestType(data, '/cpu/percent')).toBe('gauge');
  expect(suggestType(data, '/count')).toBe('number');
  expect(suggestType(data, '/state')).toBe('status');
  expect(suggestType(data, '/note')).toBe('log');
});
