import type { z } from 'zod';
import type { ConnectionsReply, connectionsQuery, sendRequest } from '../../shared/api/connections.ts';
import type { Connection } from '../../shared/domain/connection.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { Bus, Recipients } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import type { Client } from '../hub/client.ts';
import type { Hub } from '../hub/hub.ts';

type Query = z.infer<typeof connectionsQuery>;
type SendRequest = z.infer<typeof sendRequest>;

export interface ConnectionsParts {
  hub: Pick<Hub, 'clients' | 'client' | 'matching'>;
  bus: Pick<Bus, 'publish'>;
  /** What may wait for a client before it counts as slow (bytes). */
  outboxMaxBytes: number;
  /** Who may be named by sign-in name in a target. */
  people(): Promise<readonly { id: string; login: string }[]>;
}

const orders: Record<Query['sort'], (a: Connection, b: Connection) => number> = {
  newest: (a, b) => b.since - a.since,
  name: (a, b) => a.person.name.localeCompare(b.person.name),
  slowest: (a, b) =>
    Number(b.slow) - Number(a.slow) || b.outboxBytes - a.outboxBytes || (b.rttMs ?? 0) - (a.rttMs ?? 0),
};

/** Who is connected now, as an admin sees it; and what can be done to a connection from outside. */
export class ConnectionsService {
  readonly #parts: ConnectionsParts;

  constructor(parts: ConnectionsParts) {
    this.#parts = parts;
  }

  list({ q, kind, sort, after, limit }: Query): ConnectionsReply {
    const all = [...this.#parts.hub.clients()].map(describe);
    const wanted = q?.trim().toLowerCase() ?? '';
    const matching = all
      .filter((one) => (kind === undefined || one.kind === kind) && mentions(one, wanted))
      .sort((a, b) => orders[sort](a, b) || (a.id < b.id ? -1 : 1));
    const start = after === undefined ? 0 : startAfter(matching, after);
    const end = start + limit;
    const last = matching[end - 1];
    return {
      connections: matching.slice(start, end),
      totals: totalsOf(all),
      matching: matching.length,
      outboxMaxBytes: this.#parts.outboxMaxBytes,
      ...(last && end < matching.length && { next: `${end}.${last.id}` }),
    };
  }

  /** @param reason shown to the person. @throws AppError `notFound` */
  disconnect(clientId: string, reason: string): void {
    if (!this.#parts.hub.client(clientId)) {
      throw new AppError('notFound', { message: 'There is no such connection (any more).' });
    }
    this.#parts.bus.publish('close', { clientId, code: closeCodes.removed.code, reason });
  }

  /**
   * Sends a transient message (SND-1).
   * @returns how many connections it is for
   * @throws AppError `malformed` for an event that is the server's own
   */
  async send({ target, event, data }: SendRequest): Promise<number> {
    if (event.startsWith('$')) {
      throw fieldError('malformed', 'event', 'events that begin with $ are the server’s own');
    }
    const to = await this.#resolve(target);
    const connections = this.#parts.hub.matching(to).length;
    this.#parts.bus.publish('send', { to, message: { type: 'message', event, data } });
    return connections;
  }

  /** People may be named by id or by sign-in name. */
  async #resolve({ people, groups, tags, connections }: SendRequest['target']): Promise<Recipients> {
    const logins = new Map<string, string>();
    if (people) for (const { id, login } of await this.#parts.people()) logins.set(login, id);
    return {
      ...(people && { people: people.map((name) => logins.get(name) ?? name) }),
      ...(groups && { groups }),
      ...(tags && { tags }),
      ...(connections && { connections }),
    };
  }
}

function describe(client: Client): Connection {
  const { account, board, rttMs, build } = client;
  return {
    id: client.id,
    person: { id: account.id, name: account.name },
    role: account.role,
    kind: client.kind,
    device: client.device,
    address: client.address,
    since: client.since,
    ...(board !== undefined && { board }),
    editing: client.editing,
    tags: [...client.tags],
    ...(rttMs !== undefined && { rttMs: Math.round(rttMs) }),
    outboxBytes: client.outboxBytes,
    slow: client.slow,
    channels: client.subscriptionCount,
    ...(build !== undefined && { build }),
  };
}

function mentions({ person, device, address, board = '', tags, id }: Connection, wanted: string): boolean {
  if (wanted === '') return true;
  return [person.name, person.id, device, address, board, id, ...tags].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function totalsOf(all: readonly Connection[]): ConnectionsReply['totals'] {
  const people = new Set<string>();
  const totals = { people: 0, browsers: 0, walls: 0, programs: 0, slow: 0 };
  for (const { person, kind, slow } of all) {
    if (!person.id.startsWith('key:')) people.add(person.id);
    if (kind === 'browser') totals.browsers += 1;
    else if (kind === 'wall') totals.walls += 1;
    else totals.programs += 1;
    if (slow) totals.slow += 1;
  }
  return { ...totals, people: people.size };
}

/** The list lives: a page goes on after the last connection shown, or where that stood if it has gone. */
function startAfter(matching: readonly Connection[], after: string): number {
  const [index, id] = after.split('.');
  const at = matching.findIndex((one) => one.id === id);
  if (at >= 0) return at + 1;
  if (!/^\d+$/.test(index ?? '')) throw fieldError('malformed', 'after', 'use the `next` of the page before');
  return Number(index);
}
