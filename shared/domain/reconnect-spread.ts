import { z } from 'zod';

/** Event of a `message` that renews what the welcome said of coming back. */
export const SPREAD_EVENT = '$spread';

/** Whoever is cut off comes back at a random moment within so long. */
export const reconnectSpread = z.object({ spreadMs: z.number().min(0) });
