import { JSON_MAX_DEPTH, JSON_MAX_KEYS } from './limits.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What is wrong with a value, and where: a path with slashes as the issues of an error have it, `''` for all of it. */
export interface JsonFault {
  path: string;
  message: string;
}

/**
 * Looks at a parsed JSON value before any schema does, so that no schema has to walk what is absurd: nested too deep,
 * too many keys, or a number such as 1e400, which JSON.parse reads as Infinity and JSON.stringify would keep as null.
 * Walks with a list of its own instead of the call stack: deep input must not overflow it.
 * @param maxKeys most keys of all objects together; a batch or a board may hold more than one datum does
 */
export function jsonFault(value: unknown, maxKeys = JSON_MAX_KEYS): JsonFault | undefined {
  if (isTooLarge(value)) return { path: '', message: TOO_LARGE };
  let keys = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (depth >= JSON_MAX_DEPTH)
        return { path: '', message: `nested deeper than ${JSON_MAX_DEPTH} levels` };
      const children: unknown[] = Array.isArray(item) ? item : Object.values(item);
      for (const child of children) {
        if (typeof child === 'object' && child !== null) next.push(child);
        // Within the depth that was found good so far, so that the search for its path is short.
        else if (isTooLarge(child)) return { path: pathToTooLarge(value, depth) ?? '', message: TOO_LARGE };
      }
      if (children === item) continue;
      keys += children.length;
      if (keys > maxKeys) return { path: '', message: `more than ${maxKeys} keys` };
    }
    level = next;
  }
  return undefined;
}

const TOO_LARGE = 'a number too large to be kept';

function isTooLarge(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value);
}

/** The path to a number that is too large, at most so many levels below the value. */
function pathToTooLarge(value: unknown, levels: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    if (isTooLarge(child)) return key;
    const below = levels > 0 ? pathToTooLarge(child, levels - 1) : undefined;
    if (below !== undefined) return `${key}/${below}`;
  }
  return undefined;
}

/** Reads a JSON pointer (RFC 6901); `''` is the whole value. Undefined where nothing is there. */
export function readPointer(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  if (!pointer.startsWith('/')) return undefined;
  let at: unknown = value;
  for (const part of pointer.slice(1).split('/')) {
    if (typeof at !== 'object' || at === null) return undefined;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(at)) {
      at = /^(?:0|[1-9]\d*)$/.test(key) ? at[Number(key)] : undefined;
      continue;
    }
    at = Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
  }
  return at;
}

/** Numeric fields of a value as pointers, `''` for a bare number; the inverse of reading each by its pointer. */
export function numericFields(value: unknown, most = 64): Map<string, number> {
  const found = new Map<string, number>();
  const walk = (at: unknown, pointer: string, depth: number): void => {
    if (found.size >= most || depth > JSON_MAX_DEPTH) return;
    if (typeof at === 'number') {
      found.set(pointer, at);
      return;
    }
    if (typeof at !== 'object' || at === null) return;
    for (const [key, child] of Object.entries(at)) {
      walk(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1);
    }
  };
  walk(value, '', 0);
  return found;
}
