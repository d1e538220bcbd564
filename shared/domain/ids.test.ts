import { expect, test } from 'vitest';
import { slug, slugify } from './ids.ts';

test.each([
  ['Night shift', 'night-shift'],
  ['  Krane & Förderbänder!  ', 'krane-forderbander'],
  ['夜勤', 'group'],
  ['a'.repeat(100), 'a'.repeat(60)],
])('the slug of %j is %j', (name, expected) => {
  expect(slugify(name, 'group')).toBe(expected);
  expect(slug.safeParse(expected).success).toBe(true);
});
