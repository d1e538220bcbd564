import { createHash } from 'node:crypto';

/** Stands for the data of a publication; JSON that was parsed again has the same. */
export function hashOf(data: unknown): string {
  return createHash('sha1').update(JSON.stringify(data)).digest('base64url').slice(0, 16);
}
