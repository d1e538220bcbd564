import { expect, test } from 'vitest';
import { shownPointer, valueText } from './value-text.ts';

test.each([
  [1_480, '1\u202F480', ''],
  ['crane 3\nstopped', 'crane 3 stopped', ''],
  [false, 'off', ''],
  [null, 'null', ''],
  [{ state: 'idle' }, '{"state":"idle"}', ''],
  [{ level: 'error', message: 'drive fault', code: 31 }, 'drive fault', ''],
  [{ node: 'n1', memory: { usedBytes: 2_048 } }, '2', 'KiB'],
])('%o is said in one line', (data, text, unit) => expect(valueText(data)).toEqual({ text, unit }));

test('a long document is cut', () => {
  expect(valueText('x'.repeat(500)).text).toHaveLength(160);
});

test('which field of an object is meant', () => {
  expect(shownPointer({ node: 'n1', cpu: { percent: 4 } })).toBe('/cpu/percent');
  expect(shownPointer({ message: 'x', code: 31 })).toBe('');
  expect(shownPointer(4)).toBe('');
});
