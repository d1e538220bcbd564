import express, { type Router } from 'express';
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
export function readBody(route: ApiRoute, maxMessageBytes: number): Router {
  const limit = route.raw ? maxMessageBytes + TRAILING_NEWLINE_BYTES : (route.maxBytes ?? DEFAULT_BODY_BYTES);
  const bytes = express.raw({ type: () => true, inflate: false, limit });
  const router = express.Router();
  if (route.raw) return router.use(bytes);
  router.use((req, _res, next) => {
    const hasBody =
      req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0;
    if (hasBody && !JSON_TYPE.test(req.headers['content-type'] ?? '')) throw new AppError('contentType');
    next();
  });
  router.use(bytes, (req, _res, next) => {
    req.body = Buffer.isBuffer(req.body) && req.body.length > 0 ? parseJson(req.body, route) : undefined;
    next();
  });
  return router;
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
