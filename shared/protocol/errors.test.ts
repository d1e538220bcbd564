import { expect, test } from 'vitest';
import { closeCodes, mayReturn } from './close-codes.ts';
import { errors, httpStatus } from './errors.ts';

test('every error has a code of its own, made of an HTTP status and a number', () => {
  const codes = Object.values(errors).map((row) => row.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const name of Object.keys(errors) as (keyof typeof errors)[]) {
    expect(httpStatus(name)).toBeGreaterThanOrEqual(400);
    expect(httpStatus(name)).toBeLessThan(600);
  }
});

test('the range of a close code alone says whether a client comes back', () => {
  const staying = Object.entries(closeCodes)
    .filter(([, row]) => !mayReturn(row.code))
    .map(([name]) => name);
  expect(staying).toEqual([
    'signInRequired',
    'versionRefused',
    'badHello',
    'removed',
    'forbidden',
    'tooManySubscriptions',
  ]);
});
