import { z } from 'zod';
import { LIST_DEFAULT, LIST_MAX } from '../limits.ts';

const NUMBER_TEXT = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A number in a query, where everything is text. Nothing between `=` and `&` is no number, and not zero. */
export function queryNumber(number: z.ZodNumber = z.number()) {
  return z.string().regex(NUMBER_TEXT, 'must be a number').transform(Number).pipe(number);
}

/** Query of every list: `?after=<next>&limit=` (LST-1). */
export const listQuery = {
  after: z.string().max(256).optional(),
  limit: queryNumber(z.int().min(1).max(LIST_MAX)).default(LIST_DEFAULT),
};

/** `after` of the next page; absent on the last. */
export const next = z.string().optional();
