import { z } from 'zod';
import { channelName } from '../channels.ts';
import { epoch, offset } from './position.ts';

/** One datum of a channel. `time` is ms since 1970 UTC, as its producer says. */
export const publicationItem = z.object({ offset, time: z.number(), data: z.unknown() });
export type PublicationItem = z.infer<typeof publicationItem>;

export const publication = z.object({
  type: z.literal('publication'),
  channel: channelName,
  offset,
  time: z.number(),
  data: z.unknown(),
});
export type Publication = z.infer<typeof publication>;

export const gapReason = z.enum(['thinned', 'trimmed', 'limit']);
export type GapReason = z.infer<typeof gapReason>;

/** Offsets `from` to `to`, both included, will not come (ORD-2). */
export const gap = z.object({
  type: z.literal('gap'),
  channel: channelName,
  epoch,
  from: offset,
  to: offset,
  reason: gapReason,
});
export type Gap = z.infer<typeof gap>;

/** A stretch of history thinned: per numeric field, by JSON pointer, its min, max and last value. */
export const bucket = z.object({
  from: z.number(),
  to: z.number(),
  count: z.int(),
  fields: z.record(z.string(), z.tuple([z.number(), z.number(), z.number()])),
});
export type Bucket = z.infer<typeof bucket>;
