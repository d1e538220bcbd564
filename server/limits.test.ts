import { expect, test } from 'vitest';
import { effectiveMaxConnections } from './limits.ts';

test.each([
  [20_000, 1_048_576, 20_000],
  [20_000, 20_000, 19_488],
  [20_000, 1_024, 512],
  [20_000, 300, 1],
  [20_000, Number.POSITIVE_INFINITY, 20_000],
])('of %i connections wanted with %s open files allowed, %i are taken', (wanted, limit, taken) => {
  expect(effectiveMaxConnections(wanted, limit)).toBe(taken);
});
