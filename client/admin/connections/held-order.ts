import type { Connection } from '../../../shared/domain/connection.ts';

export interface ConnectionRow {
  connection: Connection;
  /** It has left; the row stays in its place until the order is free again. */
  gone: boolean;
}

export interface HeldRows {
  rows: ConnectionRow[];
  /** New ones that wait for their place, and gone ones that still have theirs. */
  waiting: number;
}

const present = (connection: Connection): ConnectionRow => ({ connection, gone: false });

/**
 * The rows to show after a fresh reading. While somebody points at the table or works in it, nothing may move under the
 * finger: figures change in place, who left stays greyed, who came above the end waits; the list may still grow below.
 * @param fresh in the order the server gave
 */
export function rowsAfter(
  shown: readonly ConnectionRow[],
  fresh: readonly Connection[],
  held: boolean,
): HeldRows {
  if (!held || shown.length === 0) return { rows: fresh.map(present), waiting: 0 };
  const byId = new Map(fresh.map((connection) => [connection.id, connection]));
  const known = new Set(shown.map((row) => row.connection.id));
  const end = fresh.findLastIndex((connection) => known.has(connection.id));
  const above = fresh.slice(0, end + 1).filter((connection) => !known.has(connection.id));
  const below = fresh.slice(end + 1);

  let gone = 0;
  const rows = shown.map(({ connection }): ConnectionRow => {
    const now = byId.get(connection.id);
    if (now !== undefined) return present(now);
    gone += 1;
    return { connection, gone: true };
  });
  return { rows: [...rows, ...below.map(present)], waiting: above.length + gone };
}
