import { expect, test } from 'vitest';
import type { ChannelInfo } from '../../shared/api/publications.ts';
import { arrange, keptCount, rateText } from './channel-list.ts';

const now = 10_000_000;

function info(channel: string, lastTime?: number): ChannelInfo {
  return {
    channel,
    epoch: 'e',
    offset: lastTime === undefined ? 0 : 5,
    oldest: 1,
    rate: 0,
    subscribers: 0,
    options: {},
    ...(lastTime !== undefined && { lastTime }),
  };
}

const channels = [info('b', now), info('a', now), info('z.silent', now - 600_000), info('c.empty')];
const names = (show: 'all' | 'speaking' | 'silent' | 'empty', filter = ''): string[] =>
  arrange(channels, { show, filter, now }).map((one) => one.channel);

test('silent channels come first, then all by name', () => {
  expect(names('all')).toEqual(['z.silent', 'a', 'b', 'c.empty']);
});

test('a channel that never spoke is empty, not silent', () => {
  expect(names('silent')).toEqual(['z.silent']);
  expect(names('empty')).toEqual(['c.empty']);
  expect(names('speaking')).toEqual(['a', 'b']);
});

test('the server itself is never called silent', () => {
  expect(arrange([info('system.events', 1)], { show: 'silent', filter: '', now })).toEqual([]);
});

test('every word of the filter must be in the name', () => {
  expect(names('all', 'Z lent')).toEqual(['z.silent']);
  expect(names('all', 'z b')).toEqual([]);
});

test.each([
  [0, '–'],
  [1_204.4, '1\u202F204 / s'],
  [10, '10 / s'],
  [1, '1 / s'],
  [0.2, '0.2 / s'],
  [0.05, '3 / min'],
  [0.001, '1 / min'],
])('%d a second is written %s', (rate, text) => expect(rateText(rate)).toBe(text));

test('what was trimmed is not kept', () => {
  expect(keptCount({ offset: 0, oldest: 0 })).toBe(0);
  expect(keptCount({ offset: 10, oldest: 4 })).toBe(7);
});
