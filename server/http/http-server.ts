import { createServer, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { AppError } from '../errors.ts';
import { answerRawError } from './raw-error.ts';

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
  // This is no proxy. Without an answer of ours Node would just hang up.
  server.on('connect', (_req, socket) => refuseMethod(socket));
  return server;
}

type ParserError = Error & { code?: string; rawPacket?: Buffer };

/** Of what is asked in the form of HTTP but by a method that it does not have. */
const UNKNOWN_METHOD = /^[A-Z][A-Z-]* [^ \r\n]+ HTTP\/1\.[01]\r?\n/;
const ALLOW = { Allow: 'GET, HEAD, POST, PATCH, DELETE, OPTIONS' };

/** What Node's parser refuses never reaches Express, and is answered in the same shape. */
function answerBrokenRequest(cause: ParserError, socket: Duplex): void {
  if (!socket.writable || cause.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const error = errorOf(cause);
  if (error.error === 'methodNotAllowed') refuseMethod(socket);
  else answerRawError(socket, error);
}

function errorOf({ code, rawPacket }: ParserError): AppError {
  if (code === 'HPE_HEADER_OVERFLOW') return new AppError('headersTooLarge');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new AppError('timeout');
  if (code === 'HPE_INVALID_METHOD' && UNKNOWN_METHOD.test(rawPacket?.toString('latin1') ?? '')) {
    return new AppError('methodNotAllowed');
  }
  return new AppError(
    'malformed',
    code?.startsWith('HPE_') ? { message: 'This is not a valid HTTP request.' } : {},
  );
}

function refuseMethod(socket: Duplex): void {
  answerRawError(socket, new AppError('methodNotAllowed'), { headers: ALLOW });
}
