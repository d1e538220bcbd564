import type { z } from 'zod';
import { LIST_MAX } from '../shared/limits.ts';
import { api } from './api.ts';

/** No list that a page shows whole grows beyond this; it guards against a server that never ends. */
const PAGES_MAX = 50;

/**
 * Reads a list to its end, page after page.
 * @param path without query, as for `api.get`
 * @see docs/protocol.md LST-1
 */
export async function listAll<R extends { next?: string | undefined }, T>(
  path: string,
  schema: z.ZodType<R>,
  rows: (reply: R) => readonly T[],
  signal?: AbortSignal,
): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const query = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
    const reply = await api.get(
      `${path}?limit=${LIST_MAX}${query}`,
      schema,
      signal === undefined ? {} : { signal },
    );
    all.push(...rows(reply));
    after = reply.next;
    if (after === undefined) break;
  }
  return all;
}
