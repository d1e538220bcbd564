import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppError } from '../errors.ts';

/** What Express would have set; nothing that is answered here may be a page, or be put into one. */
const SAFE_HEADERS = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Answers what Express never sees (a refused upgrade, a broken request) with an error in the shape of every other one,
 * and closes the socket.
 * @param status where the error's own is not the one that HTTP has for the case (426)
 */
export function answerRawError(
  socket: Duplex,
  error: AppError,
  { status = error.status, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  const body = JSON.stringify({ error: error.toBody() });
  const lines = Object.entries({
    Connection: 'close',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    ...SAFE_HEADERS,
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    ...(error.retryAfterMs !== undefined && {
      'Retry-After': String(Math.ceil(error.retryAfterMs / 1_000)),
    }),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
  );
}
