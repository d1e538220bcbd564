import type { Role } from '../../shared/domain/account.ts';
import type { Database } from '../storage/database.ts';

export interface DirectoryPerson {
  id: string;
  login: string;
  name: string;
  role: Role;
  /** Ids, sorted. */
  groups: readonly string[];
  disabled: boolean;
}

export interface DirectoryGroup {
  id: string;
  name: string;
}

/** All people and groups in memory, read anew after each change: targets are evaluated against it at every turn. */
export class Directory {
  readonly #db: Database;
  #people: Promise<readonly DirectoryPerson[]> | undefined;
  #groups: Promise<readonly DirectoryGroup[]> | undefined;

  constructor(db: Database) {
    this.#db = db;
  }

  /** In the order of their sign-in names. */
  people(): Promise<readonly DirectoryPerson[]> {
    this.#people ??= this.#readPeople().catch((cause) => {
      this.#people = undefined;
      throw cause;
    });
    return this.#people;
  }

  /** In the order of their ids. */
  groups(): Promise<readonly DirectoryGroup[]> {
    this.#groups ??= this.#readGroups().catch((cause) => {
      this.#groups = undefined;
      throw cause;
    });
    return this.#groups;
  }

  /** Call after every commit that touched people, groups or memberships. */
  changed(): void {
    this.#people = undefined;
    this.#groups = undefined;
  }

  async #readPeople(): Promise<readonly DirectoryPerson[]> {
    const rows = await this.#db
      .selectFrom('people')
      .select(['id', 'login', 'name', 'role', 'disabled'])
      .orderBy('login')
      .execute();
    const memberships = await this.#db.selectFrom('memberships').selectAll().orderBy('groupId').execute();
    const groups = new Map(rows.map((row): [string, string[]] => [row.id, []]));
    for (const { personId, groupId } of memberships) groups.get(personId)?.push(groupId);
    return rows.map((row) => ({
      ...row,
      disabled: row.disabled !== 0,
      groups: groups.get(row.id) ?? [],
    }));
  }

  #readGroups(): Promise<readonly DirectoryGroup[]> {
    return this.#db.selectFrom('groups').select(['id', 'name']).orderBy('id').execute();
  }
}
