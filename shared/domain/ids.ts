import { z } from 'zod';

/** Ids of groups and boards are slugs made from the name: `night-shift`. */
export const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'made of small letters and digits, joined by -');

export const groupId = slug;
export const boardId = z.string().min(1).max(64);

/** Makes a slug of a name; `fallback` where nothing of the name can stand in one. */
export function slugify(name: string, fallback: string): string {
  const made = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return made === '' ? fallback : made;
}
