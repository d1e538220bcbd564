import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppError } from '../errors.ts';

/**
 * Answers an upgrade with an HTTP error, in the shape of every other one, and closes the socket.
 * @param status where the error's own is not the one that HTTP has for the case (426)
 */
export function refuseUpgrade(
  socket: Duplex,
  error: AppError,
  { status = error.status, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  const body = JSON.stringify({ error: error.toBody() });
  const lines = Object.entries({
    Connection: 'close',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
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
