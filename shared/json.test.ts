import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonExcess, numericFields, readPointer } from './json.ts';
import { JSON_MAX_DEPTH, JSON_MAX_KEYS } from './limits.ts';

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { a: value };
  return value;
};
const wide = (keys: number): unknown =>
  Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, at]));

test('depth is refused beyond the limit, not at it', () => {
  expect(jsonExcess(nested(JSON_MAX_DEPTH))).toBeUndefined();
  expect(jsonExcess(nested(JSON_MAX_DEPTH + 1))).toMatch(/nested deeper/);
});

test('keys are refused beyond the limit, not at it', () => {
  expect(jsonExcess(wide(JSON_MAX_KEYS))).toBeUndefined();
  expect(jsonExcess(wide(JSON_MAX_KEYS + 1))).toMatch(/more than/);
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
