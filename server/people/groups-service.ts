import type { z } from 'zod';
import type { createGroup, groupsQuery, updateGroup } from '../../shared/api/accounts.ts';
import type { Group } from '../../shared/domain/account.ts';
import { slugify } from '../../shared/domain/ids.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import { addMemberships, peopleOfGroups } from './memberships.ts';
import { closeSockets } from './sockets.ts';

export interface GroupsParts {
  db: Database;
  bus: Bus;
  clock: () => number;
  /** Told after every commit. */
  changed(): void;
}

const notFound = (): AppError => new AppError('notFound', { message: 'There is no such group.' });

/** Groups of people. The id is a slug of the first name and stays, as targets and claims carry it. */
export class GroupsService {
  readonly #parts: GroupsParts;

  constructor(parts: GroupsParts) {
    this.#parts = parts;
  }

  async list({ after, limit }: z.infer<typeof groupsQuery>): Promise<{ groups: Group[]; next?: string }> {
    const { db } = this.#parts;
    let rows = db
      .selectFrom('groups')
      .select(['id', 'name'])
      .orderBy('id')
      .limit(limit + 1);
    if (after !== undefined) rows = rows.where('id', '>', after);
    const found = await rows.execute();
    const page = found.slice(0, limit);
    const people = await peopleOfGroups(
      db,
      page.map((row) => row.id),
    );
    const groups = page.map((row) => ({ ...row, people: people.get(row.id) ?? [] }));
    return { groups, ...(found.length > limit && { next: groups.at(-1)?.id ?? '' }) };
  }

  get(id: string): Promise<Group> {
    return this.#get(this.#parts.db, id);
  }

  /** @throws AppError `conflict` when another group has this name, or one that makes the same id */
  async create({ name, people = [] }: z.infer<typeof createGroup>): Promise<Group> {
    const { db, clock } = this.#parts;
    const id = slugify(name, '');
    if (id === '')
      throw fieldError('malformed', 'name', 'needs at least one of the letters a to z or a digit');
    const group = await db.transaction().execute(async (trx) => {
      const taken = await trx.selectFrom('groups').select('id').where('id', '=', id).executeTakeFirst();
      if (taken) throw fieldError('conflict', 'name', `there is a group ${id} already`);
      await trx.insertInto('groups').values({ id, name, createdAt: clock() }).execute();
      await addMemberships(trx, 'people', 'people', people, (personId) => ({ personId, groupId: id }));
      return this.#get(trx, id);
    });
    this.#felt(group.people);
    return group;
  }

  async update(id: string, { name, people }: z.infer<typeof updateGroup>): Promise<Group> {
    const { db } = this.#parts;
    const { before, after } = await db.transaction().execute(async (trx) => {
      const before = await this.#get(trx, id);
      if (name !== undefined) await trx.updateTable('groups').set({ name }).where('id', '=', id).execute();
      if (people) {
        await trx.deleteFrom('memberships').where('groupId', '=', id).execute();
        await addMemberships(trx, 'people', 'people', people, (personId) => ({ personId, groupId: id }));
      }
      return { before: new Set(before.people), after: await this.#get(trx, id) };
    });
    const joined = after.people.filter((person) => !before.has(person));
    const still = new Set(after.people);
    const left = [...before].filter((person) => !still.has(person));
    this.#felt([...joined, ...left]);
    return after;
  }

  async remove(id: string): Promise<void> {
    const group = await this.#parts.db.transaction().execute(async (trx) => {
      const group = await this.#get(trx, id);
      await trx.deleteFrom('groups').where('id', '=', id).execute();
      return group;
    });
    this.#felt(group.people);
  }

  /** Connections know the groups of their person from when they came. */
  #felt(people: readonly string[]): void {
    this.#parts.changed();
    for (const accountId of people) closeSockets(this.#parts.bus, { accountId }, 'sessionEnded');
  }

  async #get(db: Database, id: string): Promise<Group> {
    const row = await db.selectFrom('groups').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound();
    const people = await peopleOfGroups(db, [id]);
    return { ...row, people: people.get(id) ?? [] };
  }
}
