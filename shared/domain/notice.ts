import { z } from 'zod';

/** Event of a `message` that carries a few words for exactly the device it is sent to (SND-1). */
export const NOTICE_EVENT = 'notice';

export const NOTICE_MAX = 500;

export const notice = z.object({
  text: z.string().min(1).max(NOTICE_MAX),
  /** Who says it, for people. */
  from: z.string().max(80).optional(),
});
export type Notice = z.infer<typeof notice>;
