import { z } from 'zod';

export const epoch = z.string().min(1).max(64);
export const offset = z.int().min(0);

/** A place in a channel: the life of its numbering, and the last offset that was received (0: none yet). */
export const position = z.strictObject({ epoch, offset });
export type Position = z.infer<typeof position>;
