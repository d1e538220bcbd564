import { z } from 'zod';
import { connection, connectionKind } from '../domain/connection.ts';
import { groupId } from '../domain/ids.ts';
import { tag } from '../protocol/client-messages.ts';
import { listQuery, next } from './common.ts';

export const connectionsQuery = z.strictObject({
  ...listQuery,
  q: z.string().max(80).optional(),
  kind: connectionKind.optional(),
  sort: z.enum(['newest', 'name', 'slowest']).default('newest'),
});
export const connectionsReply = z.object({
  connections: z.array(connection),
  /** Of all connections, whatever the filter says. */
  totals: z.object({
    people: z.int(),
    browsers: z.int(),
    walls: z.int(),
    programs: z.int(),
    slow: z.int(),
  }),
  matching: z.int(),
  /** What may wait for a connection before it counts as slow (bytes). */
  outboxMaxBytes: z.int(),
  next,
});
export type ConnectionsReply = z.infer<typeof connectionsReply>;

export const disconnectRequest = z.strictObject({ reason: z.string().trim().min(1).max(200) });

/** A transient message; at least one part must be given (SND-1). */
export const sendRequest = z.strictObject({
  target: z
    .strictObject({
      people: z.array(z.string().max(64)).max(1_000).optional(),
      groups: z.array(groupId).max(100).optional(),
      tags: z.array(tag).max(100).optional(),
      connections: z.array(z.string().max(64)).max(1_000).optional(),
    })
    .refine(
      (to) => Object.values(to).some((list) => list !== undefined && list.length > 0),
      'says whom to reach',
    ),
  event: z.string().min(1).max(64),
  data: z.unknown(),
});
export const sendReply = z.object({ connections: z.int() });
