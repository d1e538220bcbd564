import { expect, test } from 'vitest';
import { isChannelName, isServerChannel, matchesPattern } from './channels.ts';

test.each(['a', 'pumps.north', 'orders:eu', 'A-1_b.c:d', '$connections', 'x'.repeat(128)])(
  '%s is a channel name',
  (name) => {
    expect(isChannelName(name)).toBe(true);
  },
);

test.each(['', '.a', 'a.', 'a..b', 'a b', 'ä', 'a/b', 'a$b', '$', 'a.*', 'x'.repeat(129), 'a\n'])(
  '%j is none',
  (name) => {
    expect(isChannelName(name)).toBe(false);
  },
);

test('channels of the server are $… and system.…, not those that merely begin alike', () => {
  expect(['$hub', 'system.host', 'system'].every(isServerChannel)).toBe(true);
  expect(['systems.a', 'my.system'].some(isServerChannel)).toBe(false);
});

test('[PAT-1] a pattern covers any rest after its dot, but neither the stem nor a longer word', () => {
  expect(matchesPattern('pumps.*', 'pumps.north')).toBe(true);
  expect(matchesPattern('pumps.*', 'pumps.north.1')).toBe(true);
  expect(matchesPattern('pumps.*', 'pumps')).toBe(false);
  expect(matchesPattern('pumps.*', 'pumpsroom.a')).toBe(false);
  expect(matchesPattern('a', 'ab')).toBe(false);
  expect(matchesPattern('*', 'anything.at:all')).toBe(true);
  expect(matchesPattern('*', '$connections')).toBe(false);
});
