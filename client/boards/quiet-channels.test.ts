import { expect, test } from 'vitest';
import { QUIET_AFTER_MS, sourcesOf } from './quiet-channels.ts';

const NOW = 1_000_000_000;
const known = new Map([
  ['a', { lastTime: NOW - 1_000 }],
  ['b', { lastTime: NOW - QUIET_AFTER_MS - 1 }],
  ['c', {}],
]);

test('a board says how many of its channels are quiet, and how old its newest value is', () => {
  expect(sourcesOf(['a', 'b', 'c', 'unknown'], known, NOW)).toEqual({
    all: 4,
    quiet: 3,
    newest: NOW - 1_000,
  });
});

test('a board without channels has nothing to be quiet about', () => {
  expect(sourcesOf([], known, NOW)).toEqual({ all: 0, quiet: 0, newest: undefined });
});

test('the server’s own events are never quiet: they come when there are some', () => {
  expect(sourcesOf(['system.events', 'b'], known, NOW)).toMatchObject({ all: 2, quiet: 1 });
});
