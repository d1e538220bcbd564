import type { Recipients } from '../bus/bus.ts';
import type { Client } from './client.ts';

function meets(wanted: ReadonlySet<string> | undefined, has: readonly string[]): boolean {
  return wanted !== undefined && has.some((one) => wanted.has(one));
}

function asSet(list: readonly string[] | undefined): Set<string> | undefined {
  return list && list.length > 0 ? new Set(list) : undefined;
}

/** A test whether a connection is among those meant; any part that names it is enough (TGT-1). */
export function recipientTest(to: Recipients): (client: Client) => boolean {
  if (to.everyone === true) return () => true;
  const people = asSet(to.people);
  const groups = asSet(to.groups);
  const boards = asSet(to.boards);
  const tags = asSet(to.tags);
  const connections = asSet(to.connections);
  return (client) =>
    people?.has(client.account.id) === true ||
    connections?.has(client.id) === true ||
    (client.board !== undefined && boards?.has(client.board) === true) ||
    meets(groups, client.groups) ||
    meets(tags, client.tags);
}
