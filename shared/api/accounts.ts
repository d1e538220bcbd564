import { z } from 'zod';
import { apiKey, displayName, group, login, person, role, scope } from '../domain/account.ts';
import { groupId } from '../domain/ids.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../limits.ts';
import { listQuery, next } from './common.ts';

/** A new password. Length is all that counts; pasted text is kept as it was sent. */
export const newPassword = z
  .string()
  .min(PASSWORD_MIN, `a passphrase has at least ${PASSWORD_MIN} characters`)
  .max(PASSWORD_MAX);

export const setupRequest = z.strictObject({
  token: z.string().min(1).max(64),
  place: displayName,
  login,
  name: displayName,
  password: newPassword,
});
export type SetupRequest = z.infer<typeof setupRequest>;

export const signInRequest = z.strictObject({
  login: z.string().min(1).max(64),
  password: z.string().min(1).max(PASSWORD_MAX),
});

/** Redeems an invite: `token` stands in the fragment of the invite link. */
export const acceptInviteRequest = z.strictObject({
  token: z.string().min(1).max(128),
  password: newPassword,
});

/** Who is asking, and where: answer of `GET /me`, `POST /session`, `POST /setup`. */
export const me = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  role,
  groups: z.array(z.string()),
  kind: z.enum(['person', 'key']),
  place: z.string(),
  build: z.string(),
});
export type Me = z.infer<typeof me>;

/** What a page may know before anybody has signed in: `GET /api/v1/status`. */
export const status = z.object({
  place: z.string().optional(),
  setupNeeded: z.boolean(),
  /** Whoever asks has a sign-in that still holds; `GET /me` says more. */
  signedIn: z.boolean(),
  version: z.string(),
  build: z.string(),
  /** Sign-in crosses plain http beyond loopback because ALLOW_INSECURE_HTTP is on. */
  insecure: z.boolean(),
});
export type Status = z.infer<typeof status>;

export const createPerson = z.strictObject({
  login,
  name: displayName,
  password: newPassword.optional(),
  role,
  groups: z.array(groupId).max(100).optional(),
});
export const updatePerson = z.strictObject({
  login: login.optional(),
  name: displayName.optional(),
  password: newPassword.optional(),
  role: role.optional(),
  groups: z.array(groupId).max(100).optional(),
  disabled: z.boolean().optional(),
});
export const peopleQuery = z.strictObject({ ...listQuery, q: z.string().max(80).optional() });
export const peopleReply = z.object({ people: z.array(person), next });
/** A new person; without a password the answer carries the link that lets them choose one. */
export const createdPerson = person.extend({
  invite: z.object({ url: z.string(), expiresAt: z.number() }).optional(),
});
export type CreatedPerson = z.infer<typeof createdPerson>;

export const createGroup = z.strictObject({
  name: displayName,
  people: z.array(z.string().max(64)).max(10_000).optional(),
});
export const updateGroup = z.strictObject({
  name: displayName.optional(),
  people: z.array(z.string().max(64)).max(10_000).optional(),
});
export const groupsQuery = z.strictObject(listQuery);
export const groupsReply = z.object({ groups: z.array(group), next });

export const createKey = z.strictObject({
  name: displayName,
  role: role.optional(),
  scopes: z.array(scope).max(50).default([]),
  expiresAt: z.number().optional(),
});
export const updateKey = z.strictObject({
  name: displayName.optional(),
  scopes: z.array(scope).max(50).optional(),
  expiresAt: z.number().nullable().optional(),
});
export const keysQuery = z.strictObject(listQuery);
export const keysReply = z.object({ keys: z.array(apiKey), next });
/** `key` is the secret; it is shown this once and never again. */
export const createdKey = apiKey.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof createdKey>;
