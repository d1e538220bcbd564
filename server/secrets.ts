import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** An id of our own: 20 hexadecimal digits, never guessed, never sorted by. */
export function newId(): string {
  return randomBytes(10).toString('hex');
}

/** A secret of 256 bits that fits into headers, cookies and fragments of links. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hexadecimal. Enough for random secrets (never for passwords): they cannot be tried out. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares in a time that tells nothing of either text, whatever their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
