import { readFileSync } from 'node:fs';

/** Files, workers, the database and requests in flight need descriptors beside the connections. */
const RESERVED_DESCRIPTORS = 512;

/** How many files and sockets the system lets this process have open; infinite where it does not say. */
function descriptorLimit(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Connections that this process can really hold: at most what is wanted, and what the system leaves for them. */
export function effectiveMaxConnections(wanted: number, limit = descriptorLimit()): number {
  return Math.max(1, Math.min(wanted, limit - RESERVED_DESCRIPTORS));
}
