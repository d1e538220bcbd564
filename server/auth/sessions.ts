import type { Role } from '../../shared/domain/account.ts';
import { hashSecret, newId, newSecret } from '../secrets.ts';
import type { Database } from '../storage/database.ts';
import type { Account } from './account.ts';

const DAY_MS = 86_400_000;

/** From the sign-in, whatever happens meanwhile. Those who can change things sign in more often. */
export function sessionLifetimeMs(role: Role): number {
  return (role === 'viewer' ? 30 : 7) * DAY_MS;
}

export interface EndedSession {
  sessionId: string;
  personId: string;
}

/** Sessions of people. The cookie holds a random reference, the table its SHA-256: neither tells the other. */
export class Sessions {
  readonly #db: Database;
  readonly #clock: () => number;

  constructor(db: Database, clock: () => number) {
    this.#db = db;
    this.#clock = clock;
  }

  /** @returns the token for the cookie; it is not kept */
  async create(personId: string): Promise<string> {
    const token = newSecret();
    await this.#db
      .insertInto('sessions')
      .values({ id: newId(), tokenHash: hashSecret(token), personId, createdAt: this.#clock() })
      .execute();
    return token;
  }

  /** Who holds a token, as they are now: role, groups and name come from the database each time. */
  async find(token: string): Promise<Account | 'expired' | undefined> {
    const row = await this.#db
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.personId')
      .select(['sessions.id as sessionId', 'sessions.createdAt', 'people.id', 'people.name', 'people.role'])
      .where('tokenHash', '=', hashSecret(token))
      .where('people.disabled', '=', 0)
      .executeTakeFirst();
    if (!row) return undefined;
    if (row.createdAt + sessionLifetimeMs(row.role) <= this.#clock()) return 'expired';
    return {
      id: row.id,
      kind: 'person',
      name: row.name,
      role: row.role,
      groups: await groupsOf(this.#db, row.id),
      sessionId: row.sessionId,
    };
  }

  /** Whether an account is still what its session gave it: not signed out, expired or disabled, the same rights. */
  async stillHolds({ id, sessionId, role, groups }: Account): Promise<boolean> {
    const row = await this.#db
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.personId')
      .select(['people.role', 'sessions.createdAt'])
      .where('sessions.id', '=', sessionId ?? '')
      .where('people.disabled', '=', 0)
      .executeTakeFirst();
    if (row?.role !== role || row.createdAt + sessionLifetimeMs(row.role) <= this.#clock()) return false;
    const now = await groupsOf(this.#db, id);
    return now.join() === groups.join();
  }

  async end(sessionId: string): Promise<void> {
    await this.#db.deleteFrom('sessions').where('id', '=', sessionId).execute();
  }

  /** Deletes what has expired. @returns these sessions, whose sockets have to be closed */
  async sweep(): Promise<EndedSession[]> {
    const rows = await this.#db
      .selectFrom('sessions')
      .innerJoin('people', 'people.id', 'sessions.personId')
      .select(['sessions.id as sessionId', 'sessions.personId', 'sessions.createdAt', 'people.role'])
      .where('sessions.createdAt', '<', this.#clock() - sessionLifetimeMs('admin'))
      .execute();
    const expired = rows.filter((row) => row.createdAt + sessionLifetimeMs(row.role) <= this.#clock());
    for (const { sessionId } of expired) await this.end(sessionId);
    return expired.map(({ sessionId, personId }) => ({ sessionId, personId }));
  }
}

async function groupsOf(db: Database, personId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('memberships')
    .select('groupId')
    .where('personId', '=', personId)
    .orderBy('groupId')
    .execute();
  return rows.map((row) => row.groupId);
}
