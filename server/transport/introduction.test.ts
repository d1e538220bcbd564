import { expect, test } from 'vitest';
import type { Account } from '../auth/account.ts';
import { frameRate } from './introduction.ts';

const person: Account = { id: 'p', kind: 'person', name: 'Ada', role: 'admin', groups: [] };
const key = (scopes: Account['scopes']): Account => ({ ...person, kind: 'key', scopes: scopes ?? [] });

test.each([
  ['a person, whatever the role', person, 20, 60],
  ['a key that only reads', key(['subscribe:*']), 20, 60],
  ['a stranger', undefined, 20, 60],
  ['a key that publishes', key(['subscribe:*', 'publish:pumps.*']), 1_000, 2_000],
  ['a key with a role', { ...key([]), hasRole: true }, 1_000, 2_000],
] as const)(
  '%s sends so many frames a second, so many at once, and not one more',
  (_who, account, perSecond, burst) => {
    let now = 0;
    const rate = frameRate(account, () => now);
    const taken = (): number => {
      let count = 0;
      while (rate.take()) count += 1;
      return count;
    };
    expect(taken()).toBe(burst);
    now += 1_000 / perSecond - 0.01;
    expect(taken()).toBe(0);
    now += 0.02;
    expect(taken()).toBe(1);
    now += 1_000;
    expect(taken()).toBe(perSecond);
  },
);
