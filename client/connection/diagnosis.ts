import type { Finding } from './state.ts';

const PROBE_TIMEOUT_MS = 5_000;
/** Where a busy server does not say when to come back. */
const BUSY_WAIT_MS = 5_000;

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
    const seconds = Number(response.headers.get('Retry-After'));
    return { kind: 'busy', retryAfterMs: seconds > 0 ? seconds * 1_000 : BUSY_WAIT_MS };
  }
  return { kind: 'other', cause: `The server answers with ${response.status}.` };
}
