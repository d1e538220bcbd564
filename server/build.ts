import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

/** The built client beside the built server; while developing, the one that was built last. */
export function clientFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  return import.meta.url.endsWith('.ts') ? join(here, '../dist/client') : join(here, '../client');
}

/** Tells pages whether the server has a newer client than theirs: a digest of the page that loads it. */
export function buildId(folder: string): string {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return 'dev';
  return createHash('sha256').update(readFileSync(page)).digest('hex').slice(0, 12);
}
