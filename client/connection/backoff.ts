/** When to try again: spread first, so that a restarted server is not met by everybody at once, then full jitter. */

/** The first try is spread over at least so much, even where the server asked for no spread. */
const FIRST_TRY_SPREAD_MS = 300;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 20_000;

/** A line that lived so long was no flapping one: the next loss starts from the first try again. */
export const STABLE_AFTER_MS = 30_000;

/**
 * Time within which a try is made at random when many clients may have the same reason for it.
 * @param random from 0 up to, not including, 1
 * @returns ms
 */
export function spreadDelay(spreadMs: number, random: number): number {
  return random * Math.max(FIRST_TRY_SPREAD_MS, spreadMs);
}

/**
 * Wait before a try.
 * @param attempt tries that failed since the line was last stable, from 1
 * @param spreadMs what the server asked for in `welcome`
 * @param random from 0 up to, not including, 1
 * @returns ms: the spread for the first, then between 0.5 s and a bound that doubles up to 20 s
 */
export function retryDelay(attempt: number, spreadMs: number, random: number): number {
  if (attempt <= 1) return spreadDelay(spreadMs, random);
  const bound = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** Math.min(attempt - 1, 16));
  return RETRY_MIN_MS + random * (bound - RETRY_MIN_MS);
}
