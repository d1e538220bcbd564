import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault, numericFields, readPointer } from './json.ts';
import { JSON_MAX_DEPTH, JSON_MAX_KEYS } from './limits.ts';

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
};
const wide = (keys: number): unknown =>
  Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at]));

test.each([
  ['levels', nested, JSON_MAX_DEPTH, /nested deeper than 20 levels/],
  ['keys', wide, JSON_MAX_KEYS, /more than 1000 keys/],
] as const)('%s are refused beyond the limit, not at it', (_what, make, limit, message) => {
  expect(jsonFault(make(limit - 1))).toBeUndefined();
  expect(jsonFault(make(limit))).toBeUndefined();
  expect(jsonFault(make(limit + 1))).toEqual({ path: '', message: expect.stringMatching(message) });
});

test('keys of all objects count together, items of arrays do not', () => {
  expect(jsonFault([wide(600), { more: wide(399) }])).toBeUndefined();
  expect(jsonFault([wide(600), { more: wide(400) }])).toMatchObject({ message: 'more than 1000 keys' });
  expect(jsonFault(Array.from({ length: 5_000 }, () => 1))).toBeUndefined();
});

test.each([
  ['1e400', ''],
  ['-1e400', ''],
  ['{"bar":1e400}', 'bar'],
  ['[1,[2,1e309]]', '1/1'],
  ['{"a":[{"b":1},{"b":{"c":-1e999}}]}', 'a/1/b/c'],
])('%s is no number that can be kept, and the fault names where it is', (text, path) => {
  expect(jsonFault(JSON.parse(text))).toEqual({ path, message: 'a number too large to be kept' });
});

test('the largest numbers that JSON can carry through are taken', () => {
  expect(jsonFault(JSON.parse('[1.7976931348623157e308,-1.7976931348623157e308,1e-400]'))).toBeUndefined();
});

test('every numeric field is read back by its own pointer, whatever its key', () => {
  const keys = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(
      fc.dictionary(keys, fc.oneof(fc.integer(), fc.dictionary(keys, fc.integer(), { maxKeys: 3 })), {
        maxKeys: 5,
      }),
      (value) => {
        for (const [pointer, number] of numericFields(value))
          expect(readPointer(value, pointer)).toBe(number);
      },
    ),
  );
});

test('a pointer reads own fields only', () => {
  expect(readPointer({ a: [{ b: 7 }] }, '/a/0/b')).toBe(7);
  expect(readPointer({ a: 1 }, '/constructor')).toBeUndefined();
  expect(readPointer(5, '')).toBe(5);
  expect(readPointer({ a: 1 }, 'a')).toBeUndefined();
});
