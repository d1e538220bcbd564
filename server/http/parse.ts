import type { Request } from 'express';
import { z } from 'zod';
import { issuesOf } from '../../shared/protocol/codec.ts';
import { AppError } from '../errors.ts';

/** Fields that the server sets. Whoever sends back what it got is not punished for them (FLD-1). */
const READ_ONLY = /^(?:id|revision|(?:created|updated)[A-Z]\w*)$/;

function withoutReadOnly(schema: z.ZodType, body: unknown, alsoReadOnly: readonly string[]): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const shape: object = schema instanceof z.ZodObject ? schema.shape : {};
  return Object.fromEntries(
    Object.entries(body).filter(
      ([field]) => Object.hasOwn(shape, field) || !(READ_ONLY.test(field) || alsoReadOnly.includes(field)),
    ),
  );
}

/** A value from outside, checked. @throws AppError `malformed` (or `badChannelName`) with one issue per field */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issues = issuesOf(checked.error);
  const badChannel = issues.some(({ path }) => path === 'channel' || path.startsWith('channels/'));
  throw new AppError(badChannel ? 'badChannelName' : 'malformed', {
    message: issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
    issues,
  });
}

/**
 * The JSON body, checked. Unknown fields are refused; read-only ones (id, revision, created…, updated…) are dropped.
 * @param alsoReadOnly further fields that the server adds to this object
 * @throws AppError `malformed` with one issue per field
 */
export function parseBody<S extends z.ZodType>(
  schema: S,
  req: Request,
  alsoReadOnly: readonly string[] = [],
): z.infer<S> {
  return check(schema, withoutReadOnly(schema, req.body ?? {}, alsoReadOnly));
}

/** The query, checked. @throws AppError `malformed` with one issue per parameter */
export function parseQuery<S extends z.ZodType>(schema: S, req: Request): z.infer<S> {
  return check(schema, req.query);
}

/**
 * One part of the path, checked.
 * @throws AppError `malformed`, or `badChannelName` where the part is called `channel`
 */
export function parseParam<S extends z.ZodType>(schema: S, req: Request, name: string): z.infer<S> {
  return check(z.object({ [name]: schema }), { [name]: req.params[name] })[name] as z.infer<S>;
}

/**
 * The body of a raw route as text; http-app leaves it as bytes there.
 * @throws AppError `malformed` when it is not UTF-8
 */
export function rawText(req: Request): string {
  return decodeUtf8(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws AppError `malformed` */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new AppError('malformed', { message: 'The body is not valid UTF-8.', cause });
  }
}
