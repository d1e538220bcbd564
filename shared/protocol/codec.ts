import type { z } from 'zod';
import { type JsonFault, jsonFault } from '../json.ts';
import type { RequestId } from './client-messages.ts';
import { type ClientMessage, clientMessage, requestId } from './client-messages.ts';
import type { ErrorName, Issue } from './errors.ts';
import { type ServerMessage, serverMessage } from './server-messages.ts';

export type Decoded<T> =
  | { ok: true; message: T }
  | { ok: false; error: ErrorName; detail: string; issues?: Issue[]; id?: RequestId };

/** zod's findings as the contract writes them: a path with slashes, a sentence. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.slice(0, 20).map((found) => {
    const path = found.path.map(String);
    if (found.code === 'unrecognized_keys') {
      return { path: [...path, found.keys[0] ?? ''].join('/'), message: 'there is no such field' };
    }
    return { path: path.join('/'), message: found.message };
  });
}

/** The messages of one text frame: one object, or an array of them. Undefined: not JSON, or not of that form. */
export function splitFrame(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed;
    return typeof parsed === 'object' && parsed !== null ? [parsed] : undefined;
  } catch {
    return undefined;
  }
}

/** The datum of a publish has the limits of a datum for itself, as over HTTP; the words around it are not counted. */
function messageFault(raw: object): JsonFault | undefined {
  if (!Object.hasOwn(raw, 'data')) return jsonFault(raw);
  const { data, ...words } = raw as { data: unknown };
  const fault = jsonFault(data);
  if (fault) return { ...fault, path: fault.path === '' ? 'data' : `data/${fault.path}` };
  return jsonFault(words);
}

/** Checks one message from a client, so that nothing behind the door has to. */
export function decodeClientMessage(raw: unknown): Decoded<ClientMessage> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return { ok: false, error: 'malformed', detail: 'a message is an object' };
  }
  const given = requestId.safeParse((raw as { id?: unknown }).id);
  const id = given.success ? { id: given.data } : {};
  const fault = messageFault(raw);
  if (fault) {
    const detail = `${fault.path === '' ? 'the message' : fault.path} is ${fault.message}`;
    return { ok: false, error: 'malformed', detail, ...(fault.path !== '' && { issues: [fault] }), ...id };
  }
  const checked = clientMessage.safeParse(raw);
  if (checked.success) return { ok: true, message: checked.data };
  const issues = issuesOf(checked.error);
  const type = (raw as { type?: unknown }).type;
  const known = clientMessage.options.some((option) => option.shape.type.value === type);
  if (!known)
    return {
      ok: false,
      error: 'unknownType',
      detail: `type ${JSON.stringify(type) ?? 'is missing'}`,
      issues,
      ...id,
    };
  const channelIsBad = issues.some((found) => found.path === 'channel');
  return {
    ok: false,
    error: channelIsBad ? 'badChannelName' : 'malformed',
    detail: issues.map((found) => `${found.path}: ${found.message}`).join('; '),
    issues,
    ...id,
  };
}

/**
 * A message from the server, or undefined where this client does not know it: newer servers may say more (FLD-1).
 * Publications are told apart by their type alone: they come by the thousand and the server made them itself.
 */
export function decodeServerMessage(raw: unknown): ServerMessage | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const type = (raw as { type?: unknown }).type;
  if (type === 'publication') return raw as ServerMessage;
  const checked = serverMessage.safeParse(raw);
  return checked.success ? checked.data : undefined;
}
