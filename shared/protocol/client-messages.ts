import { z } from 'zod';
import { channelName } from '../channels.ts';
import { ackAnswer, receiptState } from '../domain/announcement.ts';
import { boardId, groupId } from '../domain/ids.ts';
import { HISTORY_POINTS_MAX, IDEMPOTENCY_KEY_MAX, RECOVERY_MAX_PUBLICATIONS, TAGS_MAX } from '../limits.ts';
import { position } from './position.ts';

export const requestId = z.union([z.int(), z.string().max(64)]);
export type RequestId = z.infer<typeof requestId>;

export const tag = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/, 'a tag is made of letters, digits, _ and -');

export const hello = z.strictObject({
  type: z.literal('hello'),
  id: requestId.optional(),
  protocol: z.int(),
  token: z.string().max(8_192).optional(),
  client: z
    .strictObject({
      kind: z.enum(['browser', 'wall', 'program']),
      name: z.string().max(64).optional(),
      build: z.string().max(64).optional(),
    })
    .optional(),
  groups: z.array(groupId).max(100).optional(),
  tags: z.array(tag).max(TAGS_MAX).optional(),
});

/** How much of the newest history a subscriber wants at once; `limit` and `ms` both apply (REC-5). */
export const historyRequest = z.strictObject({
  limit: z.int().min(1).max(RECOVERY_MAX_PUBLICATIONS).optional(),
  ms: z.int().min(1).optional(),
  points: z.int().min(1).max(HISTORY_POINTS_MAX).optional(),
});
export type HistoryRequest = z.infer<typeof historyRequest>;

export const subscribe = z.strictObject({
  type: z.literal('subscribe'),
  id: requestId.optional(),
  channel: channelName,
  since: position.optional(),
  history: historyRequest.optional(),
});

/** What this screen shows now; feeds targets, reach and presence. */
export const view = z.strictObject({
  type: z.literal('view'),
  id: requestId.optional(),
  board: boardId.optional(),
  editing: z.boolean().optional(),
});

export const unsubscribe = z.strictObject({
  type: z.literal('unsubscribe'),
  id: requestId.optional(),
  channel: channelName,
});

export const publish = z.strictObject({
  type: z.literal('publish'),
  id: requestId.optional(),
  channel: channelName,
  data: z.unknown().refine((data) => data !== undefined, 'data is missing'),
  key: z.string().min(1).max(IDEMPOTENCY_KEY_MAX).optional(),
});

export const receipt = z.strictObject({
  type: z.literal('receipt'),
  id: requestId.optional(),
  announcement: z.string().max(64),
  revision: z.int().min(1),
  state: receiptState,
  answer: ackAnswer.optional(),
});

export const ping = z.strictObject({
  type: z.literal('ping'),
  id: requestId.optional(),
  sentAt: z.number(),
});

export const refresh = z.strictObject({
  type: z.literal('refresh'),
  id: requestId.optional(),
  token: z.string().max(8_192),
});

export const clientMessage = z.discriminatedUnion('type', [
  hello,
  subscribe,
  view,
  unsubscribe,
  publish,
  receipt,
  ping,
  refresh,
]);

export type ClientMessage = z.infer<typeof clientMessage>;
export type ClientMessageType = ClientMessage['type'];
export type ClientMessageOf<T extends ClientMessageType> = Extract<ClientMessage, { type: T }>;
