import { expect, test } from 'vitest';
import { isOffline } from './use-connection.ts';

test('a try to come back is not back yet, the first try of a page is no loss', () => {
  expect(isOffline({ state: 'offline', since: 0, attempt: 1 })).toBe(true);
  expect(isOffline({ state: 'connecting', since: 0, attempt: 1 })).toBe(true);
  expect(isOffline({ state: 'connecting', since: 0 })).toBe(false);
  expect(isOffline({ state: 'resuming', since: 0, attempt: 1 })).toBe(false);
  expect(isOffline({ state: 'blocked', since: 0, blocked: 'kicked' })).toBe(true);
});
