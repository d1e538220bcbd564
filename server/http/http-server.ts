import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { AppError } from '../errors.ts';

/** An HTTP socket on which nothing moves for so long is destroyed; the transport lifts this at the upgrade. */
const ANSWER_STALLED_MS = 30_000;

/**
 * The HTTP server with the patience of reliability in mind: whoever sends slowly is cut. There is no limit of
 * connections here, as Node would count upgraded sockets too, and none of requests per socket, which producers reuse.
 */
export function createHttpServer(app: Express): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 65_000, // longer than the 60 s of the usual proxies, so that they close first
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  server.maxHeadersCount = 100;
  server.setTimeout(ANSWER_STALLED_MS);
  server.on('clientError', answerBrokenRequest);
  return server;
}

/** What Node's parser refuses never reaches Express, and is answered in the same shape. */
function answerBrokenRequest(cause: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || cause.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const error = new AppError(
    cause.code === 'HPE_HEADER_OVERFLOW'
      ? 'headersTooLarge'
      : cause.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 'timeout'
        : 'malformed',
    cause.code?.startsWith('HPE_') && cause.code !== 'HPE_HEADER_OVERFLOW'
      ? { message: 'This is not a valid HTTP request.' }
      : {},
  );
  const body = JSON.stringify({ error: error.toBody() });
  socket.end(
    `HTTP/1.1 ${error.status} Refused\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
