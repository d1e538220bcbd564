import { expect, test } from 'vitest';
import { retryAfterMs } from './diagnosis.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');

test('[T95] Retry-After is obeyed as seconds and as a date', () => {
  expect(retryAfterMs('30', NOW)).toBe(30_000);
  expect(retryAfterMs('Wed, 25 Nov 2026 12:00:45 GMT', NOW)).toBe(45_000);
});

test('without a time that makes sense it is a short wait, and never a very long one', () => {
  for (const header of [null, '', '0', 'soon', 'Wed, 25 Nov 2026 11:00:00 GMT']) {
    expect(retryAfterMs(header, NOW)).toBe(5_000);
  }
  expect(retryAfterMs('86400', NOW)).toBe(600_000);
});
