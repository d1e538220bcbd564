import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../errors.ts';
import { Throttle } from './throttle.ts';

const MINUTE_MS = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** One attempt with the wrong passphrase. @returns the row of the error that it met */
async function wrong(throttle: Throttle, account: string, address = '192.0.2.1'): Promise<string> {
  const attempt = throttle.run({ address, account, guess: 'notSignedIn' }, async () => {
    throw new AppError('notSignedIn');
  });
  return attempt.catch((cause: unknown) => (cause instanceof AppError ? cause.error : String(cause)));
}

async function outcomes(count: number, attempt: (at: number) => Promise<string>): Promise<string[]> {
  const found = [];
  for (let at = 0; at < count; at += 1) found.push(await attempt(at));
  return found;
}

test.each([
  ['5 of one name from one address', 5, () => 'vera'],
  ['50 from one address, whatever the names', 50, (at: number) => `somebody-${at}`],
] as const)('wrong attempts: %s, then none for 15 minutes', async (_what, most, account) => {
  const throttle = new Throttle();
  const met = await outcomes(most + 1, (at) => wrong(throttle, account(at)));
  expect(met.slice(0, most).every((one) => one === 'notSignedIn')).toBe(true);
  expect(met.at(-1)).toBe('rateLimited');
  expect(await wrong(throttle, account(most + 1), '198.51.100.1')).toBe('notSignedIn');
  vi.advanceTimersByTime(15 * MINUTE_MS - 1_000);
  expect(await wrong(throttle, account(most + 1))).toBe('rateLimited');
  vi.advanceTimersByTime(1_001);
  expect(await wrong(throttle, account(most + 1))).toBe('notSignedIn');
});

test('who has one attempt left and is right has all of them again', async () => {
  const throttle = new Throttle();
  await outcomes(4, () => wrong(throttle, 'vera'));
  const attempt = { address: '192.0.2.1', account: 'vera', guess: 'notSignedIn' } as const;
  expect(await throttle.run(attempt, async () => 'in')).toBe('in');
  expect(await outcomes(6, () => wrong(throttle, 'vera'))).toEqual([
    ...Array.from({ length: 5 }, () => 'notSignedIn'),
    'rateLimited',
  ]);
});
