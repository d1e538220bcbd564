import { describe, expect, test } from 'vitest';
import type { Role } from '../../shared/domain/account.ts';
import type { Account } from './account.ts';
import { type Action, authorise, can } from './authorise.ts';

const person = (role: Role, groups: string[] = []): Account => ({
  id: 'p',
  kind: 'person',
  name: 'P',
  role,
  groups,
});
const key = (scopes: string[], role?: Role): Account => ({
  id: 'key:k',
  kind: 'key',
  name: 'K',
  role: role ?? 'viewer',
  groups: [],
  scopes,
  hasRole: role !== undefined,
});

/** The lowest role of a person that may do it. */
const lowest: [Action, Role][] = [
  [{ do: 'channel.read', channel: 'pumps.north' }, 'viewer'],
  [{ do: 'channel.read', channel: 'system.host' }, 'viewer'],
  [{ do: 'channel.read', channel: '$connections' }, 'admin'],
  [{ do: 'channel.publish', channel: 'pumps.north' }, 'operator'],
  [{ do: 'channel.configure', channel: 'pumps.north' }, 'operator'],
  [{ do: 'channel.list' }, 'viewer'],
  [{ do: 'board.read', groups: undefined }, 'viewer'],
  [{ do: 'board.edit' }, 'operator'],
  [{ do: 'announcement.send' }, 'announcer'],
  [{ do: 'announcement.manage' }, 'announcer'],
  [{ do: 'connection.send' }, 'announcer'],
  [{ do: 'connection.list' }, 'admin'],
  [{ do: 'connection.close' }, 'admin'],
  [{ do: 'directory.read' }, 'announcer'],
  [{ do: 'people.manage' }, 'admin'],
  [{ do: 'keys.manage' }, 'admin'],
  [{ do: 'metrics.read' }, 'admin'],
];

describe('[WHO-1] roles nest', () => {
  const order: Role[] = ['viewer', 'operator', 'announcer', 'admin'];
  test.each(lowest)('%j needs %s', (action, role) => {
    for (const held of order) {
      expect([held, can(person(held), action)]).toEqual([held, order.indexOf(held) >= order.indexOf(role)]);
    }
  });
});

test('[WHO-1] nobody publishes to a channel of the server, not even an admin or a key for everything', () => {
  for (const channel of ['$hub', 'system.host', 'system']) {
    expect(can(person('admin'), { do: 'channel.publish', channel })).toBe(false);
    expect(can(key(['publish:*', 'publish:system.*']), { do: 'channel.publish', channel })).toBe(false);
  }
});

test('[WHO-1] a key without a role does what its scopes say and nothing else', () => {
  const account = key(['publish:pumps.*', 'subscribe:pumps.north']);
  expect(can(account, { do: 'channel.publish', channel: 'pumps.south' })).toBe(true);
  expect(can(account, { do: 'channel.publish', channel: 'pumpsroom.a' })).toBe(false);
  expect(can(account, { do: 'channel.read', channel: 'pumps.north' })).toBe(true);
  expect(can(account, { do: 'channel.read', channel: 'pumps.south' })).toBe(false);
  expect(can(account, { do: 'board.read', groups: undefined })).toBe(false);
  expect(can(account, { do: 'announcement.send' })).toBe(false);
});

test('[WHO-1] a key with a role has that role beside its scopes', () => {
  const account = key([], 'admin');
  expect(can(account, { do: 'people.manage' })).toBe(true);
  expect(can(key(['announce'], 'viewer'), { do: 'announcement.send' })).toBe(true);
});

test('a board of groups is open to them and to those who edit boards', () => {
  const action: Action = { do: 'board.read', groups: ['night-shift'] };
  expect(can(person('viewer', ['night-shift']), action)).toBe(true);
  expect(can(person('viewer', ['day-shift']), action)).toBe(false);
  expect(can(person('operator'), action)).toBe(true);
});

test('a refusal names the role that is needed', () => {
  expect(() => authorise(person('viewer'), { do: 'board.edit' })).toThrow(/role operator/);
});

test('whoever publishes to a channel of the server is told whose it is, whatever the scopes', () => {
  for (const channel of ['$hub', 'system.host']) {
    for (const account of [key(['publish:*']), person('admin')]) {
      expect(() => authorise(account, { do: 'channel.publish', channel })).toThrow(
        'Only the server publishes to channels that begin with $ or system.',
      );
    }
  }
});
