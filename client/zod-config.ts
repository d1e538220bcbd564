import { z } from 'zod';

// Imported before any schema: zod otherwise compiles parsers with `new Function`, which the page's policy refuses.
z.config({ jitless: true });
