import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { AppError } from '../errors.ts';

/** An HTTP socket on which nothing moves for so long is destroyed; the transport lifts this at the upgrade. */
const ANSWER_STALLED_MS = 30_000;

/** How long a peer may take (ms): for its headers, for a whole request, between two requests. */
export interface Patience {
  headersTimeout: number;
  requestTimeout: number;
  connectionsCheckingInterval: number;
  keepAliveTimeout: number;
}

const PATIENCE = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };
/** The usual proxies keep theirs for 60 s and should close first: a request sent into a closing socket is lost. */
const KEEP_ALIVE_PROXY_MS = 65_000;
/** Browsers and producers that are idle for longer open another. */
const KEEP_ALIVE_DIRECT_MS = 10_000;

export interface HttpServerOptions {
  behindProxy: boolean;
  /** For tests; the ordinary times where absent. */
  patience?: Partial<Patience>;
}

/**
 * The HTTP server with the patience of reliability in mind: whoever sends slowly is cut. There is no limit of
 * connections here, as Node would count upgraded sockets too, and none of requests per socket, which producers reuse.
 */
export function createHttpServer(app: Express, { behindProxy, patience }: HttpServerOptions): Server {
  const keepAliveTimeout = behindProxy ? KEEP_ALIVE_PROXY_MS : KEEP_ALIVE_DIRECT_MS;
  const server = createServer({ ...PATIENCE, keepAliveTimeout, maxHeaderSize: 16 * 1024, ...patience }, app);
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
