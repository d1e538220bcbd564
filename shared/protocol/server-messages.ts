import { z } from 'zod';
import { channelName } from '../channels.ts';
import { role } from '../domain/account.ts';
import { deliveredAnnouncement } from '../domain/announcement.ts';
import { requestId } from './client-messages.ts';
import { errorBody } from './errors.ts';
import { epoch, offset } from './position.ts';
import { bucket, gap, publication, publicationItem } from './publication.ts';

export const welcome = z.object({
  type: z.literal('welcome'),
  id: requestId.optional(),
  protocol: z.int(),
  clientId: z.string(),
  node: z.string(),
  build: z.string(),
  serverTime: z.number(),
  account: z.object({ id: z.string(), name: z.string(), role, groups: z.array(z.string()) }),
  heartbeatMs: z.number(),
  limits: z.object({ messageBytes: z.int(), subscriptions: z.int() }),
  reconnect: z.object({ spreadMs: z.number() }),
  inForce: z.array(z.string()),
});

/** Why a recovery is not complete. `ahead`: the client knows offsets that the server does not. */
export const recoveryReason = z.enum(['epoch', 'trimmed', 'limit', 'ahead']);
export type RecoveryReason = z.infer<typeof recoveryReason>;

export const subscribed = z.object({
  type: z.literal('subscribed'),
  id: requestId.optional(),
  channel: channelName,
  epoch,
  offset,
  publications: z.array(publicationItem),
  buckets: z.array(bucket).optional(),
  recovered: z.boolean().optional(),
  reason: recoveryReason.optional(),
});

export const unsubscribed = z.object({
  type: z.literal('unsubscribed'),
  id: requestId.optional(),
  channel: channelName,
  code: z.int(),
  reason: z.string(),
});

export const announcementMessage = z.object({
  type: z.literal('announcement'),
  announcement: deliveredAnnouncement,
});

/** A transient message aimed at this person, group, tag or connection. Events with `$` are the server's. */
export const directMessage = z.object({ type: z.literal('message'), event: z.string(), data: z.unknown() });

/** Leave now and come back after that time (drain). */
export const reconnect = z.object({ type: z.literal('reconnect'), inMs: z.number(), reason: z.string() });

export const errorMessage = errorBody.extend({ type: z.literal('error'), id: requestId.optional() });

export const published = z.object({
  type: z.literal('published'),
  id: requestId,
  epoch,
  offset,
  duplicate: z.literal(true).optional(),
});

export const ok = z.object({ type: z.literal('ok'), id: requestId });

export const pong = z.object({
  type: z.literal('pong'),
  id: requestId.optional(),
  sentAt: z.number(),
  serverTime: z.number(),
});

export const serverMessage = z.discriminatedUnion('type', [
  welcome,
  subscribed,
  publication,
  gap,
  unsubscribed,
  announcementMessage,
  directMessage,
  reconnect,
  errorMessage,
  published,
  ok,
  pong,
]);

export type ServerMessage = z.infer<typeof serverMessage>;
export type ServerMessageType = ServerMessage['type'];
export type ServerMessageOf<T extends ServerMessageType> = Extract<ServerMessage, { type: T }>;
