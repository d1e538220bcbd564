import { expect, test } from 'vitest';
import { secretIn } from './fragment.ts';

test('a secret is read from the fragment of a link, named or bare', () => {
  expect(secretIn('#token=K7RM-2Q')).toBe('K7RM-2Q');
  expect(secretIn('#K7RM-2Q')).toBe('K7RM-2Q');
  expect(secretIn('#token=a%2Bb')).toBe('a+b');
  expect(secretIn('')).toBe('');
  expect(secretIn('#%E0%A4%A')).toBe('%E0%A4%A');
});
