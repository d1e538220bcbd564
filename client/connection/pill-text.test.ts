import { expect, test } from 'vitest';
import { pillText } from './pill-text.ts';
import type { ConnectionSnapshot } from './types.ts';

const words = (line: ConnectionSnapshot, now = 100_000): string => {
  const { word, detail, act } = pillText(line, now);
  return [word, detail, act && `[${act}]`].filter(Boolean).join(' | ');
};

test('says the state in words, and what can be done', () => {
  expect(words({ state: 'live', since: 0, rttMs: 64.2 })).toBe('Live | 64 ms');
  expect(words({ state: 'live', since: 0 })).toBe('Live');
  expect(words({ state: 'degraded', since: 0, rttMs: 3_240 })).toBe('Slow | 3.2 s');
  expect(words({ state: 'degraded', since: 0, rttMs: 40, every: 14 })).toBe('Slow | 1 of 14 updates');
  expect(words({ state: 'resuming', since: 0, resuming: { done: 1_204, total: 3_900 } })).toBe(
    'Catching up | 1\u202F204 of 3\u202F900',
  );
  expect(words({ state: 'resuming', since: 0 })).toBe('Catching up');
  expect(words({ state: 'offline', since: 90_000, lostAt: 58_000, retryAt: 102_100, attempt: 2 })).toBe(
    'Offline | 0:42 · retry in 3 s | [now]',
  );
  expect(words({ state: 'connecting', since: 90_000, lostAt: 58_000, attempt: 2 })).toBe(
    'Offline | 0:42 · trying now',
  );
  expect(words({ state: 'connecting', since: 100_000, lostAt: 100_000 })).toBe('Connecting');
});

test('names what keeps it away', () => {
  const blocked = { state: 'blocked', since: 0 } as const;
  expect(words({ ...blocked, blocked: 'auth', cause: 'You are signed out.' })).toBe('Signed out');
  expect(words({ ...blocked, blocked: 'kicked', cause: 'Shift is over' })).toBe(
    'Disconnected | Shift is over | [again]',
  );
  expect(words({ ...blocked, blocked: 'upgrade' })).toBe('Reload needed | [reload]');
});
