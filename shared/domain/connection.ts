import { z } from 'zod';
import { role } from './account.ts';

export const connectionKind = z.enum(['browser', 'wall', 'program']);
export type ConnectionKind = z.infer<typeof connectionKind>;

/** One socket as an admin sees it. */
export const connection = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  role,
  kind: connectionKind,
  /** What the browser says of itself, in short: `Chrome 141, Windows`. */
  device: z.string(),
  address: z.string(),
  since: z.number(),
  board: z.string().optional(),
  editing: z.boolean(),
  tags: z.array(z.string()),
  rttMs: z.number().optional(),
  outboxBytes: z.int(),
  slow: z.boolean(),
  channels: z.int(),
  build: z.string().optional(),
});
export type Connection = z.infer<typeof connection>;
