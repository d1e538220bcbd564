import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { jsonFault } from '../../shared/json.ts';
import { AppError, fieldError } from '../errors.ts';
import { decodeUtf8 } from './parse.ts';
import { type ApiRoute, DEFAULT_BODY_BYTES } from './route-table.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;

/** The raw route trims one trailing line break, which does not count toward the data. */
const TRAILING_NEWLINE_BYTES = 2;

/**
 * Reads the body of one route: to `req.body` as parsed JSON, or as bytes where the route is raw.
 * Nothing above the limit is kept in memory, nothing compressed is unpacked, nothing absurdly nested passes.
 */
export function readBody(route: ApiRoute, maxMessageBytes: number): RequestHandler {
  const limit = route.raw ? maxMessageBytes + TRAILING_NEWLINE_BYTES : (route.maxBytes ?? DEFAULT_BODY_BYTES);
  return async (req, _res, next) => {
    if (hasBody(req)) {
      if (!route.raw && !JSON_TYPE.test(req.headers['content-type'] ?? '')) throw new AppError('contentType');
      const bytes = await readBytes(req, limit);
      req.body = route.raw || bytes.length === 0 ? bytes : parseJson(bytes, route);
    }
    next();
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;
}

/**
 * Refuses a body that is too large as soon as that is known, not when it has come to its end.
 * @throws AppError `tooLarge`, `contentType` (compressed), `malformed` (the peer left in the middle)
 */
async function readBytes(req: IncomingMessage, limit: number): Promise<Buffer> {
  if (!/^(?:identity)?$/i.test(req.headers['content-encoding'] ?? '')) {
    throw new AppError('contentType', { message: 'Send the body uncompressed.' });
  }
  if (Number(req.headers['content-length']) > limit) throw tooLarge(limit);
  const parts: Buffer[] = [];
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    req.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= limit) parts.push(part);
      else reject(tooLarge(limit));
    });
    req.once('end', resolve);
    req.once('error', (cause) => reject(endedEarly(cause)));
    req.once('close', () => reject(endedEarly()));
  });
  return Buffer.concat(parts);
}

function tooLarge(limit: number): AppError {
  return new AppError('tooLarge', { message: `The body is larger than ${limit} bytes.` });
}

function endedEarly(cause?: unknown): AppError {
  return new AppError('malformed', { message: 'The body ended early.', cause });
}

function parseJson(bytes: Buffer, route: ApiRoute): unknown {
  const text = decodeUtf8(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('malformed', { message: 'The body is not valid JSON.', cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AppError('malformed', { message: 'The body must be a JSON object.' });
  }
  const fault = route.maxKeys === 'each' ? undefined : jsonFault(value, route.maxKeys);
  if (fault?.path) throw fieldError('malformed', fault.path, `is ${fault.message}`);
  if (fault) throw new AppError('malformed', { message: `The body is ${fault.message}.` });
  return value;
}
