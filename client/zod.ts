import { config } from 'zod/v4';

/*
 * Stands in for `zod` in the bundle of the pages (an alias in vite.config.ts), so that this line runs before any schema
 * is made, in whatever order chunks are evaluated: zod otherwise compiles parsers with `new Function`, which the
 * pages' content security policy refuses.
 */
config({ jitless: true });

export * from 'zod/v4';
