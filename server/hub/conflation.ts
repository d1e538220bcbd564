import { readPointer } from '../../shared/json.ts';
import type { StoredPublication } from '../log/log.ts';

/**
 * Keeps the newest publication of each key, in order of offset (REC-7). For slow readers only.
 * @param pointer where the key stands in the data (JSON pointer); data without it share one key
 */
export function newestPerKey(
  publications: readonly StoredPublication[],
  pointer: string,
): StoredPublication[] {
  const seen = new Set<string>();
  const kept: StoredPublication[] = [];
  for (const publication of publications.toReversed()) {
    const key = JSON.stringify(readPointer(JSON.parse(publication.data), pointer)) ?? '';
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(publication);
  }
  return kept.reverse();
}
