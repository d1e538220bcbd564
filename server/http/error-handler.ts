import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Response } from 'express';
import type { ErrorBody } from '../../shared/protocol/errors.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** What the libraries of the door throw, as rows of our table. Undefined: nobody foresaw it. */
function asAppError(cause: unknown): AppError | undefined {
  if (cause instanceof AppError) return cause;
  if (cause instanceof URIError) {
    return new AppError('malformed', { message: 'The address holds a broken % sequence.', cause });
  }
  return undefined;
}

/** A body that is refused may still be on its way; it is read and thrown away for at most so long. */
const LINGER_MS = 1_000;

/** Writes an error in the one shape of the contract. */
export function sendError(res: Response, body: ErrorBody, status: number): void {
  if (body.retryAfterMs !== undefined) res.set('Retry-After', String(Math.ceil(body.retryAfterMs / 1000)));
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  res.set('Cache-Control', 'no-store').status(status);
  if (res.req.complete) res.json({ error: body });
  else endAfterBody(res, JSON.stringify({ error: body }));
}

/**
 * Answers at once, but closes only when the body has come or a moment has passed: a socket that is closed on somebody
 * who still sends is reset, and with it the answer may be lost.
 */
function endAfterBody(res: Response, text: string): void {
  const { req } = res;
  res.set({ Connection: 'close', 'Content-Length': String(Buffer.byteLength(text)) }).type('json');
  res.write(text);
  const end = (): void => {
    clearTimeout(timer);
    res.end();
  };
  const timer = setTimeout(end, LINGER_MS);
  req.once('end', end);
  res.once('close', () => clearTimeout(timer));
  req.resume();
}

/** The only place that answers an HTTP error. A fault of ours shows an id that stands in the log beside the cause. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (cause, req, res, _next) => {
    const error = asAppError(cause);
    if (res.headersSent) {
      log.warn({ err: cause, method: req.method, path: req.path }, 'an answer failed midway');
      req.socket.destroy();
      return;
    }
    if (!error || error.error === 'internal') {
      const errorId = randomUUID();
      log.error({ err: cause, errorId, method: req.method, path: req.path }, 'a request failed');
      sendError(res, { ...new AppError('internal').toBody(), errorId }, 500);
      return;
    }
    if (error.status >= 500) log.warn({ err: error.cause ?? error, path: req.path }, error.message);
    else log.debug({ error: error.error, detail: error.message, path: req.path }, 'a request was refused');
    sendError(res, error.toBody(), error.status);
  };
}
