import { expect, test } from 'vitest';
import { scope } from '../../shared/domain/account.ts';
import { describeScopes, emptyWish, exampleChannel, scopesOf, wrongPattern } from './key-scopes.ts';

test('what the form asks for becomes scopes that the server takes', () => {
  const scopes = scopesOf({ ...emptyWish, publish: 'pumps.*, tide.gauge', subscribe: '*', announce: true });
  expect(scopes).toEqual(['publish:pumps.*', 'publish:tide.gauge', 'subscribe:*', 'announce']);
  for (const one of scopes) expect(scope.safeParse(one).success).toBe(true);
  expect(scopesOf(emptyWish)).toEqual([]);
});

test('a pattern that is none is named', () => {
  expect(wrongPattern('pumps.* a*b')).toContain('“a*b”');
  expect(wrongPattern('pumps.*, *, a:b')).toBeUndefined();
});

test('a whole scope in the place of a pattern is refused, with what to write', () => {
  expect(wrongPattern('publish:*')).toBe('Write “*” instead of “publish:*”: the field says the rest');
  expect(wrongPattern('pumps.*, subscribe:tide.gauge')).toContain('Write “tide.gauge”');
});

test('what a key may do is told in words', () => {
  expect(describeScopes({ scopes: ['publish:pumps.*', 'publish:tide', 'announce'] })).toBe(
    'publish to pumps.*, tide; announce',
  );
  expect(describeScopes({ scopes: [], role: 'admin' })).toBe('all that an admin may');
  expect(describeScopes({ scopes: [] })).toBe('nothing');
});

test('the example publishes to a channel that the key may write', () => {
  expect(exampleChannel('pumps.*')).toBe('pumps.example');
  expect(exampleChannel('tide.gauge pumps.*')).toBe('tide.gauge');
  expect(exampleChannel('*')).toBe('example');
  expect(exampleChannel('')).toBe('example');
});
