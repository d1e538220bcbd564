/** Reads one place of a datum; undefined where nothing is there. */
export type Reader = (data: unknown) => unknown;

/**
 * Prepares a JSON pointer (RFC 6901) for the hot path: it is taken apart once and not with every publication.
 * Otherwise the same as `readPointer` of shared/json.ts.
 */
export function reader(pointer: string): Reader {
  if (pointer === '') return (data) => data;
  if (!pointer.startsWith('/')) return () => undefined;
  const parts = pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return (data) => {
    let at: unknown = data;
    for (const part of parts) {
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
      at = (at as Record<string, unknown>)[part];
    }
    return at;
  };
}

/** The number that a line draws: numbers themselves, and switches as 0 and 1. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return undefined;
}

/** The last part of a pointer, made readable: `/cpu/percent` is `cpu percent`. */
export function pointerName(pointer: string): string {
  return pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join(' ');
}
