import { channelPattern, isChannelName } from '../../shared/channels.ts';
import type { ApiKey, Role, Scope } from '../../shared/domain/account.ts';

/** What a new key may do, as the form asks for it. */
export interface KeyWish {
  /** Channels or patterns it may publish to, as typed: separated by spaces or commas. */
  publish: string;
  subscribe: string;
  announce: boolean;
  send: boolean;
  role: Role | 'none';
}

export const emptyWish: KeyWish = { publish: '', subscribe: '', announce: false, send: false, role: 'none' };

/** How a scope begins; whoever knows scopes types it here too, and would get a key for channels that do not exist. */
const VERB = /^(?:publish|subscribe):/;

export function patternsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((part) => part !== '');
}

/** The first of the patterns that is none, or that says again what its field says, in words. */
export function wrongPattern(text: string): string | undefined {
  const verbose = patternsIn(text).find((pattern) => VERB.test(pattern));
  if (verbose !== undefined) {
    return `Write “${verbose.replace(VERB, '')}” instead of “${verbose}”: the field says the rest`;
  }
  const wrong = patternsIn(text).find((pattern) => !channelPattern.safeParse(pattern).success);
  return wrong === undefined
    ? undefined
    : `“${wrong}” is neither a channel nor a pattern such as pumps.* or *`;
}

export function scopesOf(wish: KeyWish): Scope[] {
  return [
    ...patternsIn(wish.publish).map((pattern) => `publish:${pattern}`),
    ...patternsIn(wish.subscribe).map((pattern) => `subscribe:${pattern}`),
    ...(wish.announce ? ['announce'] : []),
    ...(wish.send ? ['send'] : []),
  ];
}

/** What a key may do, as a phrase: `publish to pumps.*, announce`. */
export function describeScopes({ scopes, role }: Pick<ApiKey, 'scopes' | 'role'>): string {
  const of = (verb: string): string =>
    scopes
      .filter((scope) => scope.startsWith(`${verb}:`))
      .map((scope) => scope.slice(verb.length + 1))
      .join(', ');
  const parts = [
    of('publish') !== '' && `publish to ${of('publish')}`,
    of('subscribe') !== '' && `read ${of('subscribe')}`,
    scopes.includes('announce') && 'announce',
    scopes.includes('send') && 'send messages',
    role !== undefined &&
      `all that ${role === 'admin' || role === 'operator' || role === 'announcer' ? 'an' : 'a'} ${role} may`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'nothing' : parts.join('; ');
}

/** A channel that a key may publish to, for an example that works: of `pumps.*` it is `pumps.example`. */
export function exampleChannel(publish: string): string {
  const [pattern = ''] = patternsIn(publish);
  if (pattern === '*' || pattern === '') return 'example';
  const example = pattern.replace(/\*$/, 'example');
  return isChannelName(example) ? example : 'example';
}
