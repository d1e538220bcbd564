import { AppError } from '../errors.ts';
import type { Database } from '../storage/database.ts';

/** Rows of one statement; SQLite takes 32,766 parameters. */
const CHUNK = 1_000;

/** Group ids of each of these people, sorted. */
export async function groupsOfPeople(
  db: Database,
  personIds: readonly string[],
): Promise<Map<string, string[]>> {
  const groups = new Map<string, string[]>(personIds.map((id) => [id, []]));
  if (personIds.length === 0) return groups;
  const rows = await db
    .selectFrom('memberships')
    .selectAll()
    .where('personId', 'in', personIds)
    .orderBy('groupId')
    .execute();
  for (const { personId, groupId } of rows) groups.get(personId)?.push(groupId);
  return groups;
}

/** People ids of each of these groups, sorted. */
export async function peopleOfGroups(
  db: Database,
  groupIds: readonly string[],
): Promise<Map<string, string[]>> {
  const people = new Map<string, string[]>(groupIds.map((id) => [id, []]));
  if (groupIds.length === 0) return people;
  const rows = await db
    .selectFrom('memberships')
    .selectAll()
    .where('groupId', 'in', groupIds)
    .orderBy('personId')
    .execute();
  for (const { personId, groupId } of rows) people.get(groupId)?.push(personId);
  return people;
}

/** Adds memberships within a transaction. @throws AppError `malformed` that names the first id nobody has */
export async function addMemberships(
  trx: Database,
  table: 'people' | 'groups',
  field: string,
  ids: readonly string[],
  row: (id: string) => { personId: string; groupId: string },
): Promise<void> {
  for (let at = 0; at < ids.length; at += CHUNK) {
    const part = ids.slice(at, at + CHUNK);
    const known = await trx.selectFrom(table).select('id').where('id', 'in', part).execute();
    const ours = new Set(known.map((one) => one.id));
    const missing = part.findIndex((id) => !ours.has(id));
    if (missing >= 0) {
      const path = `${field}/${at + missing}`;
      const message = `there is no ${table === 'people' ? 'person' : 'group'} with this id`;
      throw new AppError('malformed', { message: `${path}: ${message}`, issues: [{ path, message }] });
    }
    await trx
      .insertInto('memberships')
      .values(part.map(row))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
