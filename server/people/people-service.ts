import { sql } from 'kysely';
import type { z } from 'zod';
import type { createPerson, peopleQuery, updatePerson } from '../../shared/api/accounts.ts';
import type { Person, Role } from '../../shared/domain/account.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import { newId } from '../secrets.ts';
import type { Database } from '../storage/database.ts';
import { isUniqueViolation } from '../storage/sqlite-errors.ts';
import { addMemberships, groupsOfPeople } from './memberships.ts';
import { closeSockets } from './sockets.ts';

export interface PeopleParts {
  db: Database;
  bus: Bus;
  clock: () => number;
  /** Told after every commit. */
  changed(): void;
  /** Live connections of a person. */
  online(personId: string): number;
  hashPassword(password: string): Promise<string>;
  /** @throws AppError `malformed` for a password that everybody tries first */
  refuseWeakPassword(password: string, login: string): void;
  createInvite(trx: Database, personId: string): Promise<Invite>;
}

export interface Invite {
  token: string;
  expiresAt: number;
}

interface PersonRow {
  id: string;
  login: string;
  name: string;
  role: Role;
  disabled: number;
  passwordHash: string | null;
  createdAt: number;
}

const notFound = (): AppError => new AppError('notFound', { message: 'There is no such person.' });

/** People: the accounts of those who sign in. Every change of rights is felt by their live connections. */
export class PeopleService {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** In the order of sign-in names. */
  async list(query: z.infer<typeof peopleQuery>): Promise<{ people: Person[]; next?: string }> {
    const { db } = this.#parts;
    let rows = db
      .selectFrom('people')
      .selectAll()
      .orderBy('login')
      .limit(query.limit + 1);
    if (query.after !== undefined) rows = rows.where('login', '>', query.after);
    if (query.q !== undefined && query.q !== '') {
      const wanted = query.q.toLowerCase();
      const holds = (column: 'login' | 'name') => sql<number>`instr(lower(${sql.ref(column)}), ${wanted})`;
      rows = rows.where((is) => is.or([is(holds('login'), '>', 0), is(holds('name'), '>', 0)]));
    }
    const found = await rows.execute();
    const people = await this.#present(db, found.slice(0, query.limit));
    return { people, ...(found.length > query.limit && { next: people.at(-1)?.login ?? '' }) };
  }

  async get(id: string): Promise<Person> {
    return this.#get(this.#parts.db, id);
  }

  /** @returns the person; with an invite where no password was given */
  async create(request: z.infer<typeof createPerson>): Promise<{ person: Person; invite?: Invite }> {
    const { db, clock, hashPassword, refuseWeakPassword, createInvite, changed } = this.#parts;
    const { login, name, role, password, groups = [] } = request;
    if (password !== undefined) refuseWeakPassword(password, login);
    const passwordHash = password === undefined ? null : await hashPassword(password);
    const id = newId();
    const made = await this.#withUniqueLogin(() =>
      db.transaction().execute(async (trx) => {
        const row = { id, login, name, role, disabled: false, passwordHash, createdAt: clock() };
        await trx.insertInto('people').values(row).execute();
        await addMemberships(trx, 'groups', 'groups', groups, (groupId) => ({ personId: id, groupId }));
        const invite = passwordHash === null ? await createInvite(trx, id) : undefined;
        return { person: await this.#get(trx, id), ...(invite && { invite }) };
      }),
    );
    changed();
    return made;
  }

  /** A new invite link for somebody who lost the first one, or the passphrase. */
  async invite(id: string): Promise<{ person: Person; invite: Invite }> {
    const { db, createInvite } = this.#parts;
    return db.transaction().execute(async (trx) => {
      const person = await this.#get(trx, id);
      return { person, invite: await createInvite(trx, id) };
    });
  }

  /** @param keepSession the session that makes the change: a new password ends all others of this person */
  async update(
    id: string,
    request: z.infer<typeof updatePerson>,
    keepSession: string | undefined,
  ): Promise<Person> {
    const { db, bus, hashPassword, refuseWeakPassword, changed } = this.#parts;
    const { password, groups, disabled, ...rest } = request;
    if (password !== undefined) refuseWeakPassword(password, request.login ?? (await this.get(id)).login);
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    const endsSessions = passwordHash !== undefined || disabled === true;

    const outcome = await this.#withUniqueLogin(() =>
      db.transaction().execute(async (trx) => {
        const before = await this.#get(trx, id);
        const set = {
          ...rest,
          ...(disabled !== undefined && { disabled }),
          ...(passwordHash !== undefined && { passwordHash }),
        };
        if (Object.keys(set).length > 0) {
          await trx.updateTable('people').set(set).where('id', '=', id).execute();
        }
        if (groups) {
          await trx.deleteFrom('memberships').where('personId', '=', id).execute();
          await addMemberships(trx, 'groups', 'groups', groups, (groupId) => ({ personId: id, groupId }));
        }
        const ended = endsSessions ? await this.#endSessions(trx, id, keepSession) : [];
        if (before.role === 'admin' && !before.disabled) await this.#keepAnAdmin(trx);
        return { before, after: await this.#get(trx, id), ended };
      }),
    );

    changed();
    const { before, after, ended } = outcome;
    if (after.disabled && !before.disabled) {
      closeSockets(bus, { accountId: id }, 'removed', 'Your account was disabled by an admin.');
      return after;
    }
    for (const sessionId of ended) {
      closeSockets(bus, { sessionId }, 'signInRequired', 'Your passphrase was changed; sign in again.');
    }
    const rightsChanged =
      before.role !== after.role ||
      before.name !== after.name ||
      before.groups.join() !== after.groups.join();
    if (rightsChanged) closeSockets(bus, { accountId: id }, 'sessionEnded');
    return after;
  }

  async remove(id: string): Promise<void> {
    const { db, bus, changed } = this.#parts;
    await db.transaction().execute(async (trx) => {
      const { role, disabled } = await this.#get(trx, id);
      await trx.deleteFrom('people').where('id', '=', id).execute();
      if (role === 'admin' && !disabled) await this.#keepAnAdmin(trx);
    });
    changed();
    closeSockets(bus, { accountId: id }, 'removed', 'Your account was deleted by an admin.');
  }

  async #get(db: Database, id: string): Promise<Person> {
    const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound();
    const [person] = await this.#present(db, [row]);
    return person!;
  }

  async #present(db: Database, rows: readonly PersonRow[]): Promise<Person[]> {
    const groups = await groupsOfPeople(
      db,
      rows.map((row) => row.id),
    );
    return rows.map(({ passwordHash, ...row }) => ({
      ...row,
      disabled: row.disabled !== 0,
      groups: groups.get(row.id) ?? [],
      hasPassword: passwordHash !== null,
      online: this.#parts.online(row.id),
    }));
  }

  async #endSessions(trx: Database, personId: string, except: string | undefined): Promise<string[]> {
    const rows = await trx
      .deleteFrom('sessions')
      .where('personId', '=', personId)
      .where('id', '!=', except ?? '')
      .returning('id')
      .execute();
    return rows.map((row) => row.id);
  }

  /** Nobody could ever make an admin again. */
  async #keepAnAdmin(trx: Database): Promise<void> {
    const admin = await trx
      .selectFrom('people')
      .select('id')
      .where('role', '=', 'admin')
      .where('disabled', '=', 0)
      .where('passwordHash', 'is not', null)
      .executeTakeFirst();
    if (!admin) {
      throw new AppError('conflict', {
        message: 'This is the last admin; give the role to somebody else first.',
      });
    }
  }

  async #withUniqueLogin<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      if (isUniqueViolation(cause)) {
        throw fieldError('conflict', 'login', 'somebody has this sign-in name already');
      }
      throw cause;
    }
  }
}
