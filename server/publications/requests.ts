import type { Request } from 'express';
import { z } from 'zod';
import { publishRequest, rawPublishQuery } from '../../shared/api/publications.ts';
import { channelName } from '../../shared/channels.ts';
import { BATCH_MAX_PUBLICATIONS } from '../../shared/limits.ts';
import { AppError, fieldError } from '../errors.ts';
import { check, parseBody, parseParam, parseQuery, rawText } from '../http/parse.ts';
import type { PublishItem } from './publisher.ts';

/** What a publish request asks for: a single publication fails as a whole, a batch item by item (BAT-1). */
export type PublishBody = { single: PublishItem } | { batch: (PublishItem | AppError)[] };

const batchEnvelope = z.strictObject({
  publications: z
    .array(z.unknown())
    .min(1, 'a batch holds at least one publication')
    .max(BATCH_MAX_PUBLICATIONS, `a batch holds at most ${BATCH_MAX_PUBLICATIONS} publications`),
});

/** @throws AppError `malformed` or `badChannelName` for a fault of the envelope, or of the only publication */
export function readPublishBody(req: Request): PublishBody {
  const body = (req.body ?? {}) as Record<string, unknown>;
  if (!Object.hasOwn(body, 'publications')) return { single: parseBody(publishRequest, req) };
  if (Object.hasOwn(body, 'channel') || Object.hasOwn(body, 'data')) {
    throw fieldError('malformed', 'publications', 'send either one publication or a batch, not both at once');
  }
  const { publications } = parseBody(batchEnvelope, req);
  return { batch: publications.map(readItem) };
}

function readItem(item: unknown): PublishItem | AppError {
  try {
    return check(publishRequest, item);
  } catch (cause) {
    if (cause instanceof AppError) return cause;
    throw cause;
  }
}

/**
 * The raw route: the body is the data, JSON where it is JSON, else text (TIM-1).
 * @throws AppError `malformed` for an empty body or one that is not UTF-8, `badChannelName`
 */
export function readRawPublish(req: Request): PublishItem {
  const channel = parseParam(channelName, req, 'channel');
  const query = parseQuery(rawPublishQuery, req);
  const text = rawText(req).replace(/\r?\n$/, '');
  if (text === '')
    throw new AppError('malformed', { message: 'The body is empty: it is the data to publish.' });
  return { channel, data: jsonOrText(text), ...query };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
