import { expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

test.each([
  'passwordpassword',
  'Password 1234',
  'aaaaaaaaaaaaaaa',
  'ababababababab',
  'vera2026vera2026',
  '1234567890123',
])('%s is guessed first of all', (password) => {
  expect(isCommonPassword(password, 'vera')).toBe(true);
});

test.each([
  'tide gauge brass kettle',
  'vera likes herons by the weir',
  'Zw9-long-and-mixed',
  'kühle Brise am Kai',
])('%s is not', (password) => {
  expect(isCommonPassword(password, 'vera')).toBe(false);
});
