import { isServerChannel, matchesPattern } from '../../shared/channels.ts';
import { hasRole, type Role } from '../../shared/domain/account.ts';
import { AppError } from '../errors.ts';
import type { Account } from './account.ts';

/** Everything that needs a right. What concerns one channel or board names it. */
export type Action =
  | { do: 'channel.read'; channel: string }
  | { do: 'channel.publish'; channel: string }
  | { do: 'channel.configure'; channel: string }
  | { do: 'channel.list' }
  | { do: 'board.read'; groups: readonly string[] | undefined }
  | { do: 'board.edit' }
  | { do: 'announcement.send' }
  | { do: 'announcement.manage' }
  | { do: 'connection.send' }
  | { do: 'connection.list' }
  | { do: 'connection.close' }
  | { do: 'directory.read' }
  | { do: 'people.manage' }
  | { do: 'keys.manage' }
  | { do: 'metrics.read' };

/** The role that a person, or a key with a role, needs for each action. */
const needed: Record<Action['do'], Role> = {
  'channel.read': 'viewer',
  'channel.publish': 'operator',
  'channel.configure': 'operator',
  'channel.list': 'viewer',
  'board.read': 'viewer',
  'board.edit': 'operator',
  'announcement.send': 'announcer',
  'announcement.manage': 'announcer',
  'connection.send': 'announcer',
  'connection.list': 'admin',
  'connection.close': 'admin',
  'directory.read': 'announcer',
  'people.manage': 'admin',
  'keys.manage': 'admin',
  'metrics.read': 'admin',
};

function scopeAllows(account: Account, action: Action): boolean {
  const scopes = account.scopes ?? [];
  const covered = (verb: string, channel: string): boolean =>
    scopes.some((one) => one.startsWith(`${verb}:`) && matchesPattern(one.slice(verb.length + 1), channel));
  switch (action.do) {
    case 'channel.read':
      return covered('subscribe', action.channel);
    case 'channel.publish':
      return covered('publish', action.channel);
    case 'channel.list':
      return scopes.some((one) => one.startsWith('subscribe:'));
    case 'announcement.send':
    case 'announcement.manage':
      return scopes.includes('announce');
    case 'connection.send':
      return scopes.includes('send');
    default:
      return false;
  }
}

/** The role that reading a channel of the server's own life needs. */
function roleForServerChannel(channel: string): Role {
  return channel === '$announcements' ? 'viewer' : 'admin';
}

/**
 * Whether an account may do something. The one place that decides, for HTTP, WebSocket, live, history and recovery.
 * @see docs/protocol.md WHO-1
 */
export function can(account: Account, action: Action): boolean {
  if (action.do === 'channel.publish' && isServerChannel(action.channel)) return false;
  if (action.do === 'channel.configure' && action.channel.startsWith('$')) return false;
  if (account.kind === 'key' && scopeAllows(account, action)) return true;
  if (account.kind === 'key' && account.hasRole !== true) return false;
  if (action.do === 'channel.read' && action.channel.startsWith('$')) {
    return hasRole(account.role, roleForServerChannel(action.channel));
  }
  if (action.do === 'board.read' && action.groups !== undefined && action.groups.length > 0) {
    return hasRole(account.role, 'operator') || action.groups.some((group) => account.groups.includes(group));
  }
  return hasRole(account.role, needed[action.do]);
}

/** @throws AppError `forbidden` */
export function authorise(account: Account, action: Action): void {
  if (can(account, action)) return;
  throw new AppError('forbidden', { message: refusalOf(account, action) });
}

function refusalOf(account: Account, action: Action): string {
  if (action.do === 'channel.publish' && isServerChannel(action.channel)) {
    return 'Only the server publishes to channels that begin with $ or system.';
  }
  if (account.kind === 'key') return 'This key has no scope for that.';
  const need = needed[action.do];
  return hasRole(account.role, need)
    ? 'This is not open to you.'
    : `This needs the role ${need}; ask an admin.`;
}
