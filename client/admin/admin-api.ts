import type { z } from 'zod';
import {
  type CreatedKey,
  type CreatedPerson,
  createdKey,
  createdPerson,
  type createGroup,
  type createKey,
  type createPerson,
  groupsReply,
  keysReply,
  peopleReply,
  type updateGroup,
  type updatePerson,
} from '../../shared/api/accounts.ts';
import { type ApiKey, type Group, group, type Person, person } from '../../shared/domain/account.ts';
import { api } from '../api.ts';
import { listAll } from '../list-all.ts';

const at = (id: string): string => encodeURIComponent(id);

export function listPeople(signal?: AbortSignal): Promise<Person[]> {
  return listAll('/people', peopleReply, (reply) => reply.people, signal);
}

/** Without a passphrase the answer carries the link by which the person chooses one. */
export function createPersonAccount(request: z.input<typeof createPerson>): Promise<CreatedPerson> {
  return api.post('/people', request, createdPerson);
}

export function changePerson(id: string, change: z.input<typeof updatePerson>): Promise<Person> {
  return api.patch(`/people/${at(id)}`, change, person);
}

/** A new link to choose a passphrase; an older one stops working. */
export function invitePerson(id: string): Promise<CreatedPerson> {
  return api.post(`/people/${at(id)}/invite`, undefined, createdPerson);
}

/** @throws ApiError `conflict` for the last admin */
export function removePerson(id: string): Promise<void> {
  return api.delete(`/people/${at(id)}`);
}

export function listGroups(signal?: AbortSignal): Promise<Group[]> {
  return listAll('/groups', groupsReply, (reply) => reply.groups, signal);
}

export function makeGroup(request: z.input<typeof createGroup>): Promise<Group> {
  return api.post('/groups', request, group);
}

export function changeGroup(id: string, change: z.input<typeof updateGroup>): Promise<Group> {
  return api.patch(`/groups/${at(id)}`, change, group);
}

export function removeGroup(id: string): Promise<void> {
  return api.delete(`/groups/${at(id)}`);
}

export function listKeys(signal?: AbortSignal): Promise<ApiKey[]> {
  return listAll('/keys', keysReply, (reply) => reply.keys, signal);
}

/** @returns the key with its secret, which is shown this once */
export function makeKey(request: z.input<typeof createKey>): Promise<CreatedKey> {
  return api.post('/keys', request, createdKey);
}

export function revokeKey(id: string): Promise<void> {
  return api.delete(`/keys/${at(id)}`);
}
