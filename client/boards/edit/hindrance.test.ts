import { expect, test } from 'vitest';
import { hindranceOf } from './hindrance.ts';

test('a tile waits for the newest value of its channel, so that it shows the right place in it', () => {
  expect(hindranceOf({ type: 'number', valid: true, waiting: true })).toMatch(/newest value/);
  expect(hindranceOf({ type: 'number', valid: true, waiting: false })).toBeUndefined();
});

test('a channel is needed first, but not for text', () => {
  expect(hindranceOf({ type: 'number', valid: false, waiting: true })).toBe('Choose a channel first.');
  expect(hindranceOf({ type: 'text', valid: false, waiting: true })).toBeUndefined();
});
