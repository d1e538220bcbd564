import { JSON_MAX_DEPTH, JSON_MAX_KEYS } from './limits.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Looks at a parsed JSON value before any schema does, so that no schema has to walk what is absurd.
 * Walks with a list of its own instead of the call stack: deep input must not overflow it.
 * @param maxKeys most keys of all objects together; a batch or a board may hold more than one datum does
 * @returns what is wrong, in words, or undefined
 */
export function jsonExcess(value: unknown, maxKeys = JSON_MAX_KEYS): string | undefined {
  let keys = 0;
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (depth >= JSON_MAX_DEPTH) return `nested deeper than ${JSON_MAX_DEPTH} levels`;
      if (Array.isArray(item)) {
        for (const child of item) if (typeof child === 'object' && child !== null) next.push(child);
        continue;
      }
      for (const child of Object.values(item)) {
        keys += 1;
        if (typeof child === 'object' && child !== null) next.push(child);
      }
      if (keys > maxKeys) return `more than ${maxKeys} keys`;
    }
    level = next;
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
