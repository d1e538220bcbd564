import { randomBytes } from 'node:crypto';
import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import type { ServerMessageOf } from '../../shared/protocol/server-messages.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import type { Account } from '../auth/account.ts';
import type { Client, ClientDetails } from '../hub/client.ts';
import type { Place } from './admission.ts';
import { describeDevice } from './device.ts';
import { TokenBucket } from './rate-limit.ts';

/** Frames a second. */
const PERSON_RATE = { perSecond: 20, burst: 60 };
const PUBLISHER_RATE = { perSecond: 1_000, burst: 2_000 };

/** What the upgrade found out. */
export interface Handshake {
  account?: Account;
  address: string;
  place: Place;
  fromPage: boolean;
  userAgent?: string;
  /** From the query; `hello` may say otherwise. */
  groups?: string[];
  tags?: string[];
}

/**
 * What is known of a client once it has said hello. The hello has the last word over the query of the address; which
 * groups it stands for can only be some of its account's.
 * @param since ms since 1970
 */
export function detailsOf(
  hello: ClientMessageOf<'hello'>,
  account: Account,
  { address, fromPage, userAgent, ...query }: Handshake,
  since: number,
): ClientDetails {
  const wanted = hello.groups ?? query.groups;
  return {
    id: `c${randomBytes(9).toString('base64url')}`,
    account,
    kind: hello.client?.kind ?? (fromPage ? 'browser' : 'program'),
    device: hello.client?.name ?? describeDevice(userAgent),
    address,
    since,
    groups: wanted ? account.groups.filter((group) => wanted.includes(group)) : account.groups,
    tags: hello.tags ?? query.tags ?? [],
    ...(hello.client?.build !== undefined && { build: hello.client.build }),
  };
}

/** The part of the welcome that is the same for all. */
export type WelcomeBase = Pick<
  ServerMessageOf<'welcome'>,
  'node' | 'build' | 'heartbeatMs' | 'limits' | 'reconnect'
>;

/** @param own what is this client's alone. `serverTime` in ms since 1970 */
export function welcomeOf(
  { id, account, groups }: Client,
  base: WelcomeBase,
  { inForce, serverTime }: Pick<ServerMessageOf<'welcome'>, 'inForce' | 'serverTime'>,
): ServerMessageOf<'welcome'> {
  return {
    type: 'welcome',
    protocol: PROTOCOL_VERSION,
    clientId: id,
    serverTime,
    account: { id: account.id, name: account.name, role: account.role, groups: [...groups] },
    ...base,
    inForce,
  };
}

/** How many frames a connection may send; keys that publish need more than people. */
export function frameRate(account: Account | undefined, now: () => number): TokenBucket {
  const { kind, hasRole, scopes = [] } = account ?? {};
  const publishes =
    kind === 'key' && (hasRole === true || scopes.some((scope) => scope.startsWith('publish:')));
  const { perSecond, burst } = publishes ? PUBLISHER_RATE : PERSON_RATE;
  return new TokenBucket(perSecond, burst, now);
}
