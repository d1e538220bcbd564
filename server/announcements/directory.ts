import type { ConnectionKind } from '../../shared/domain/connection.ts';
import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';

export interface DirectoryPerson {
  id: string;
  login: string;
  name: string;
  groups: readonly string[];
  disabled: boolean;
}

export interface Named {
  id: string;
  name: string;
}

/** Who and what an announcement can be aimed at. Asked before a transaction begins, never within one. */
export interface Directory {
  people(): Promise<readonly DirectoryPerson[]>;
  groups(): Promise<readonly Named[]>;
  boards(): Promise<readonly Named[]>;
}

/** One registered connection, as far as announcements need to know it. */
export interface ConnectedClient {
  readonly id: string;
  readonly account: Account;
  readonly kind: ConnectionKind;
  readonly device: string;
  readonly tags: readonly string[];
  readonly board?: string | undefined;
  send(message: ServerMessage): void;
}

/** The connections of this node: the hub. */
export interface Connections {
  clients(): Iterable<ConnectedClient>;
  clientsOf(accountId: string): Iterable<ConnectedClient>;
  on(event: 'register' | 'view', listener: (client: ConnectedClient) => void): () => void;
}

/**
 * Whether a person is behind this connection. Keys and walls are screens: they show announcements and are never counted
 * as somebody who got one (ANN-2).
 */
export function isPerson(client: Pick<ConnectedClient, 'account' | 'kind'>): boolean {
  return client.account.kind === 'person' && client.kind !== 'wall';
}

export function isOnline(connections: Connections, personId: string): boolean {
  for (const client of connections.clientsOf(personId)) if (isPerson(client)) return true;
  return false;
}
