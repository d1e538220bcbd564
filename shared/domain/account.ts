import { z } from 'zod';
import { channelPattern } from '../channels.ts';
import { groupId } from './ids.ts';

/** Roles nest: each contains the ones before it. */
export const roles = ['viewer', 'operator', 'announcer', 'admin'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export function hasRole(held: Role, needed: Role): boolean {
  return roles.indexOf(held) >= roles.indexOf(needed);
}

export const login = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9._@+-]*$/, 'a sign-in name is made of small letters, digits and . _ @ + -');

export const displayName = z.string().trim().min(1).max(80);

export const person = z.object({
  id: z.string(),
  login,
  name: displayName,
  role,
  groups: z.array(groupId),
  disabled: z.boolean(),
  createdAt: z.number(),
  /** False until an invited person has chosen a password. */
  hasPassword: z.boolean(),
  online: z.int().optional(),
});
export type Person = z.infer<typeof person>;

export const group = z.object({ id: groupId, name: displayName, people: z.array(z.string()) });
export type Group = z.infer<typeof group>;

/** What a key may do: `announce`, `send`, or `publish:` and `subscribe:` with a channel pattern. */
export const scope = z.union([
  z.literal('announce'),
  z.literal('send'),
  z
    .string()
    .max(140)
    .refine((text) => {
      const at = text.indexOf(':');
      const verb = text.slice(0, at);
      return (
        (verb === 'publish' || verb === 'subscribe') && channelPattern.safeParse(text.slice(at + 1)).success
      );
    }, 'a scope is announce, send, publish:<pattern> or subscribe:<pattern>'),
]);
export type Scope = z.infer<typeof scope>;

export const apiKey = z.object({
  id: z.string(),
  name: displayName,
  role: role.optional(),
  scopes: z.array(scope),
  createdAt: z.number(),
  createdBy: z.string(),
  expiresAt: z.number().optional(),
  lastUsedAt: z.number().optional(),
  /** The last four characters, so that a person can tell keys apart. */
  hint: z.string(),
});
export type ApiKey = z.infer<typeof apiKey>;
