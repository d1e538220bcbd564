import type { Finding } from './state.ts';

const PROBE_TIMEOUT_MS = 5_000;
/** Where a busy server does not say when to come back. */
const BUSY_WAIT_MS = 5_000;
/** A longer wait is a mistake in the header, or meant for programs. */
const BUSY_WAIT_MAX_MS = 10 * 60_000;

/**
 * `Retry-After` as a wait: seconds, or a date.
 * @param now ms since 1970
 * @returns ms
 */
export function retryAfterMs(header: string | null, now: number): number {
  if (header === null) return BUSY_WAIT_MS;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  return ms > 0 ? Math.min(BUSY_WAIT_MAX_MS, ms) : BUSY_WAIT_MS;
}

/** Asks the server by plain HTTP why a WebSocket may have failed: a page sees every refused handshake as 1006. */
export async function diagnose(): Promise<Finding> {
  let response: Response;
  try {
    response = await fetch('/api/v1/me', {
      cache: 'no-store',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
  } catch {
    // Whatever kept the answer away, the person sees the same.
    const cause = navigator.onLine ? 'The server cannot be reached.' : 'This device is offline.';
    return { kind: 'other', cause };
  }
  if (response.ok) return { kind: 'httpWorks' };
  if (response.status === 401) return { kind: 'signedOut' };
  if (response.status === 429 || response.status === 503) {
    return { kind: 'busy', retryAfterMs: retryAfterMs(response.headers.get('Retry-After'), Date.now()) };
  }
  return { kind: 'other', cause: `The server answers with ${response.status}.` };
}
