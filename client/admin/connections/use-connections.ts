import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { type connectionsQuery, connectionsReply } from '../../../shared/api/connections.ts';
import type { Connection } from '../../../shared/domain/connection.ts';
import { LIST_MAX } from '../../../shared/limits.ts';
import { api } from '../../api.ts';
import { serverNow } from '../../live/clock.ts';
import { type ConnectionRow, rowsAfter } from './held-order.ts';
import { addTotals, type Totals, type TotalsAt } from './totals-history.ts';

/** The list is read anew this often while it is seen; with more rows less often, so that it costs the server no more. */
const EVERY_MS = 1_000;
/** Rows asked for at first, and more whenever the end comes into sight. */
const PAGE = 200;

export type Sort = z.infer<typeof connectionsQuery>['sort'];
export type Kind = NonNullable<z.infer<typeof connectionsQuery>['kind']>;

export interface Wanted {
  q: string;
  kind: Kind | undefined;
  sort: Sort;
}

export interface ConnectionsState {
  rows: readonly ConnectionRow[];
  totals: Totals | undefined;
  history: readonly TotalsAt[];
  /** How many match the filter on the server, shown or not. */
  matching: number;
  /** What may wait for a connection before it counts as slow (bytes). */
  outboxMaxBytes: number;
  /** Changes of order that wait until the table is left. */
  waiting: number;
  /** When it was read (ms of the server's clock). */
  at: number | undefined;
  error: unknown;
}

const nothing: ConnectionsState = {
  rows: [],
  totals: undefined,
  history: [],
  matching: 0,
  outboxMaxBytes: 1,
  waiting: 0,
  at: undefined,
  error: undefined,
};

/** So many connections from the top of the list; in pages where the contract allows no more at once. */
async function read(wanted: Wanted, rows: number, signal: AbortSignal) {
  const connections: Connection[] = [];
  let after: string | undefined;
  for (;;) {
    const query = new URLSearchParams({
      sort: wanted.sort,
      limit: String(Math.min(LIST_MAX, rows - connections.length)),
      ...(wanted.q !== '' && { q: wanted.q }),
      ...(wanted.kind !== undefined && { kind: wanted.kind }),
      ...(after !== undefined && { after }),
    });
    const reply = await api.get(`/connections?${query}`, connectionsReply, { signal });
    connections.push(...reply.connections);
    if (reply.next === undefined || connections.length >= rows) return { ...reply, connections };
    after = reply.next;
  }
}

export interface LiveConnections extends ConnectionsState {
  /** The end of what was asked for came into sight. */
  more: () => void;
  refresh: () => void;
}

/**
 * Who is connected, read anew every second while the page is seen.
 * @param held the order must not change now
 * @param paused nothing is read at all
 */
export function useConnections(wanted: Wanted, held: boolean, paused: boolean): LiveConnections {
  const [state, setState] = useState(nothing);
  const [limit, setLimit] = useState(PAGE);
  const [round, setRound] = useState(0);
  const heldNow = useRef(held);
  heldNow.current = held;
  const { q, kind, sort } = wanted;
  const refresh = useCallback(() => setRound((n) => n + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins at the top, and free of the old order
  useEffect(() => {
    setLimit(PAGE);
    setState((was) => ({ ...was, rows: [] }));
  }, [q, kind, sort]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving the table, and a new round, ask at once
  useEffect(() => {
    if (paused) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (): Promise<void> => {
      if (document.visibilityState === 'visible') {
        try {
          const reply = await read({ q, kind, sort }, limit, abort.signal);
          const at = serverNow();
          setState((was) => ({
            ...rowsAfter(was.rows, reply.connections, heldNow.current),
            totals: reply.totals,
            history: addTotals(was.history, reply.totals, at),
            matching: reply.matching,
            outboxMaxBytes: reply.outboxMaxBytes,
            at,
            error: undefined,
          }));
        } catch (error) {
          if (abort.signal.aborted) return;
          setState((was) => ({ ...was, error }));
        }
      }
      timer = setTimeout(() => void ask(), EVERY_MS * Math.ceil(limit / LIST_MAX));
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [q, kind, sort, limit, held, paused, round]);

  const more = useCallback(() => {
    setLimit((was) => (state.rows.length >= was ? was + PAGE : was));
  }, [state.rows.length]);

  return { ...state, more, refresh };
}
