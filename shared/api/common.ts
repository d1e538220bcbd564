import { z } from 'zod';
import { LIST_DEFAULT, LIST_MAX } from '../limits.ts';

/** Query of every list: `?after=<next>&limit=` (LST-1). */
export const listQuery = {
  after: z.string().max(256).optional(),
  limit: z.coerce.number().int().min(1).max(LIST_MAX).default(LIST_DEFAULT),
};

/** `after` of the next page; absent on the last. */
export const next = z.string().optional();
