import { z } from 'zod';
import { channelName, channelPattern } from '../channels.ts';
import { HISTORY_POINTS_MAX, IDEMPOTENCY_KEY_MAX, LIST_DEFAULT, LIST_MAX } from '../limits.ts';
import { errorBody } from '../protocol/errors.ts';
import { epoch, offset } from '../protocol/position.ts';
import { bucket, publicationItem } from '../protocol/publication.ts';
import { listQuery, next, queryNumber } from './common.ts';

export const idempotencyKey = z.string().min(1).max(IDEMPOTENCY_KEY_MAX);

export const publishRequest = z.strictObject({
  channel: channelName,
  data: z.unknown().refine((data) => data !== undefined, 'data is missing'),
  time: z.number().min(0).optional(),
  key: idempotencyKey.optional(),
});

/** Query of the raw route `POST /channels/:channel`, whose body is the data itself. */
export const rawPublishQuery = z.strictObject({
  time: queryNumber(z.number().min(0)).optional(),
  key: idempotencyKey.optional(),
});

export const publishResult = z.object({
  channel: channelName,
  epoch,
  offset,
  duplicate: z.literal(true).optional(),
});
export type PublishResult = z.infer<typeof publishResult>;

export const publishReply = z.object({
  results: z.array(z.union([publishResult, z.object({ error: errorBody })])),
});
export type PublishReply = z.infer<typeof publishReply>;

/** Options of a channel; what is absent follows the server's defaults. */
export const channelOptions = z.strictObject({
  durability: z.enum(['disk', 'memory']).optional(),
  conflateBy: z
    .string()
    .max(256)
    .regex(/^(?:\/.*)?$/, 'a JSON pointer begins with /')
    .nullable()
    .optional(),
  retention: z
    .strictObject({
      publications: z.int().min(1).max(10_000_000).optional(),
      hours: z
        .number()
        .min(0.01)
        .max(24 * 366)
        .optional(),
      bytes: z.int().min(1_024).optional(),
    })
    .optional(),
});
export type ChannelOptions = z.infer<typeof channelOptions>;

export const channelInfo = z.object({
  channel: channelName,
  epoch,
  /** Head; 0 while nothing was published. */
  offset,
  /** Oldest offset still kept. */
  oldest: offset,
  /** Publications a second over the last ten seconds. */
  rate: z.number(),
  lastTime: z.number().optional(),
  subscribers: z.int(),
  options: channelOptions,
});
export type ChannelInfo = z.infer<typeof channelInfo>;

export const channelsQuery = z.strictObject({ ...listQuery, match: channelPattern.optional() });
export type ChannelsQuery = z.infer<typeof channelsQuery>;
export const channelsReply = z.object({ channels: z.array(channelInfo), next });
export type ChannelsReply = z.infer<typeof channelsReply>;

export const historyQuery = z.strictObject({
  from: queryNumber().optional(),
  to: queryNumber().optional(),
  after: queryNumber(z.int().min(0)).optional(),
  epoch: epoch.optional(),
  limit: queryNumber(z.int().min(1).max(LIST_MAX)).default(LIST_DEFAULT),
  points: queryNumber(z.int().min(1).max(HISTORY_POINTS_MAX)).optional(),
});
export type HistoryQuery = z.infer<typeof historyQuery>;

export const historyReply = z.object({
  epoch,
  publications: z.array(publicationItem).optional(),
  buckets: z.array(bucket).optional(),
  next: z.number().optional(),
});
export type HistoryReply = z.infer<typeof historyReply>;
