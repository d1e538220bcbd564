import { describe, expect, test } from 'vitest';
import type { Me, Status } from '../../shared/api/accounts.ts';
import { admit, safeDestination } from './guard.ts';

const status = (setupNeeded: boolean): Status => ({
  setupNeeded,
  signedIn: false,
  version: '1.0.0',
  build: 'b',
  insecure: false,
});
const ana: Me = {
  id: 'p1',
  login: 'ana',
  name: 'Ana',
  role: 'viewer',
  groups: [],
  kind: 'person',
  place: 'Harbour',
  build: 'b',
};

describe('which page opens', () => {
  test('everything leads to set-up until it is done', () => {
    const session = { status: status(true), me: undefined };
    expect(admit(session, '/boards')).toEqual({ go: 'setup' });
    expect(admit(session, '/signin')).toEqual({ go: 'setup' });
    expect(admit(session, '/setup')).toEqual({ go: 'on' });
  });

  test('a page asked for before sign-in is remembered with its query', () => {
    const session = { status: status(false), me: undefined };
    expect(admit(session, '/b/ops?win=15m')).toEqual({ go: 'signin', to: '/b/ops?win=15m' });
    expect(admit(session, '/signin?to=/x')).toEqual({ go: 'on' });
    expect(admit(session, '/invite')).toEqual({ go: 'on' });
  });

  test('set-up is over once it is done', () => {
    expect(admit({ status: status(false), me: undefined }, '/setup')).toEqual({ go: 'signin', to: '/' });
    expect(admit({ status: status(false), me: ana }, '/setup')).toEqual({ go: 'home' });
  });

  test('who is signed in gets in, and is not asked again', () => {
    const session = { status: status(false), me: ana };
    expect(admit(session, '/people')).toEqual({ go: 'on' });
    expect(admit(session, '/signin?to=/people')).toEqual({ go: 'home' });
  });
});

describe('where sign-in leads', () => {
  test.each([
    ['/boards', '/boards'],
    ['/b/ops?win=15m#x', '/b/ops?win=15m#x'],
    ['/a/../boards', '/boards'],
  ])('%s is a place of ours', (to, place) => {
    expect(safeDestination(to)).toBe(place);
  });

  test.each([
    undefined,
    7,
    '',
    'boards',
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/%2e//evil.example',
    '/x/..//evil.example',
    'javascript:alert(1)',
    '/signin?to=/signin',
    '/setup',
    `/${'a'.repeat(3_000)}`,
  ])('%j leads home', (to) => {
    expect(safeDestination(to)).toBe('/');
  });
});
