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
  switch ((cause as { type?: unknown } | null)?.type) {
    case 'entity.too.large':
      return new AppError('tooLarge', { cause });
    case 'encoding.unsupported':
      return new AppError('contentType', { message: 'Send the body uncompressed.', cause });
    case 'request.aborted':
    case 'request.size.invalid':
      return new AppError('malformed', { message: 'The body ended early.', cause });
    default:
      return undefined;
  }
}

/** Writes an error in the one shape of the contract. */
export function sendError(res: Response, body: ErrorBody, status: number): void {
  if (body.retryAfterMs !== undefined) res.set('Retry-After', String(Math.ceil(body.retryAfterMs / 1000)));
  if (status === 401) res.set('WWW-Authenticate', 'Bearer');
  // The rest of a body that is too large would have to be read to its end before the next request.
  if (status === 413 || status === 408) res.set('Connection', 'close');
  res.set('Cache-Control', 'no-store').status(status).json({ error: body });
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
