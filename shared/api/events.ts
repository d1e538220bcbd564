import { z } from 'zod';
import { channelName } from '../channels.ts';
import { SUBSCRIPTIONS_MAX } from '../limits.ts';

/** Query of `GET /events`: channels joined by commas (none: announcements only), and an `id:` of such a stream. */
export const eventsQuery = z.strictObject({
  channels: z
    .string()
    .default('')
    .transform((text) => (text === '' ? [] : text.split(',')))
    .pipe(z.array(channelName).max(SUBSCRIPTIONS_MAX))
    .refine((names) => new Set(names).size === names.length, 'names a channel twice'),
  since: z.string().optional(),
});
export type EventsQuery = z.infer<typeof eventsQuery>;
