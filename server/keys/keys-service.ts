import type { z } from 'zod';
import type { CreatedKey, createKey, keysQuery, updateKey } from '../../shared/api/accounts.ts';
import type { ApiKey, Role, Scope } from '../../shared/domain/account.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { Account } from '../auth/account.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import { hashSecret, newId, newSecret, sameSecret } from '../secrets.ts';
import type { Database } from '../storage/database.ts';

const TOKEN = /^cbk_([0-9a-f]{20})_([\w-]{43})$/;

export interface KeysParts {
  db: Database;
  bus: Bus;
  clock: () => number;
}

interface KeyRow {
  id: string;
  name: string;
  role: Role | null;
  scopes: string;
  secretHash: string;
  hint: string;
  createdAt: number;
  createdBy: string;
  expiresAt: number | null;
  lastUsedAt: number | null;
}

const notFound = (): AppError => new AppError('notFound', { message: 'There is no such key.' });

/**
 * API keys `cbk_<id>_<secret>`. Producers send one with every request, so keys in use stay in memory; a change here
 * replaces the copy at once. When a key was last used is written now and then, not at every use.
 */
export class KeysService {
  readonly #parts: KeysParts;
  readonly #known = new Map<string, KeyRow>();
  readonly #used = new Map<string, number>();

  constructor(parts: KeysParts) {
    this.#parts = parts;
  }

  /** The account of a key; `expired` for one whose time is over, undefined for none of ours. */
  async find(token: string): Promise<Account | 'expired' | undefined> {
    const [, id, secret] = TOKEN.exec(token) ?? [];
    if (id === undefined || secret === undefined) return undefined;
    const row = this.#known.get(id) ?? (await this.#load(id));
    if (!row || !sameSecret(row.secretHash, hashSecret(secret))) return undefined;
    const now = this.#parts.clock();
    if (row.expiresAt !== null && row.expiresAt <= now) return 'expired';
    this.#used.set(id, now);
    return {
      id: `key:${id}`,
      kind: 'key',
      name: row.name,
      role: row.role ?? 'viewer',
      groups: [],
      scopes: JSON.parse(row.scopes) as Scope[],
      hasRole: row.role !== null,
    };
  }

  /** Whether an account is still what its key gave it: not revoked, not expired, the same rights. */
  async stillHolds({ id: accountId, hasRole, role, scopes }: Account): Promise<boolean> {
    const id = accountId.slice('key:'.length);
    const row = this.#known.get(id) ?? (await this.#load(id));
    if (!row || (row.expiresAt !== null && row.expiresAt <= this.#parts.clock())) return false;
    return (
      row.scopes === JSON.stringify(scopes) &&
      (row.role !== null) === hasRole &&
      (row.role ?? 'viewer') === role
    );
  }

  /** Newest first. `next` is `createdAt.id`. */
  async list({ after, limit }: z.infer<typeof keysQuery>): Promise<{ keys: ApiKey[]; next?: string }> {
    await this.flush();
    let rows = this.#parts.db
      .selectFrom('keys')
      .selectAll()
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1);
    const [, time, id] = /^(\d+)\.(\w+)$/.exec(after ?? '') ?? [];
    if (time !== undefined && id !== undefined) {
      rows = rows.where((is) =>
        is.or([
          is('createdAt', '<', Number(time)),
          is.and([is('createdAt', '=', Number(time)), is('id', '<', id)]),
        ]),
      );
    }
    const found = await rows.execute();
    const keys = found.slice(0, limit).map(present);
    const last = keys.at(-1);
    return { keys, ...(found.length > limit && last && { next: `${last.createdAt}.${last.id}` }) };
  }

  async get(id: string): Promise<ApiKey> {
    await this.flush();
    const row = await this.#parts.db.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw notFound();
    return present(row);
  }

  /** @returns the key with its secret, which is nowhere kept */
  async create(request: z.infer<typeof createKey>, by: Account): Promise<CreatedKey> {
    const { db, clock } = this.#parts;
    const { name, role, scopes, expiresAt } = request;
    if (scopes.length === 0 && role === undefined) {
      throw fieldError('malformed', 'scopes', 'a key without a role needs at least one scope');
    }
    this.#checkExpiry(expiresAt);
    const secret = newSecret();
    const row: KeyRow = {
      id: newId(),
      name,
      role: role ?? null,
      scopes: JSON.stringify(scopes),
      secretHash: hashSecret(secret),
      hint: secret.slice(-4),
      createdAt: clock(),
      createdBy: by.id,
      expiresAt: expiresAt ?? null,
      lastUsedAt: null,
    };
    await db.insertInto('keys').values(row).execute();
    return { ...present(row), key: `cbk_${row.id}_${secret}` };
  }

  async update(id: string, { name, scopes, expiresAt }: z.infer<typeof updateKey>): Promise<ApiKey> {
    this.#checkExpiry(expiresAt ?? undefined);
    const set = {
      ...(name !== undefined && { name }),
      ...(scopes && { scopes: JSON.stringify(scopes) }),
      ...(expiresAt !== undefined && { expiresAt }),
    };
    if (Object.keys(set).length === 0) return this.get(id);
    const row = await this.#parts.db
      .updateTable('keys')
      .set(set)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw notFound();
    this.#known.delete(id);
    this.#closeSockets(id, 'sessionEnded', closeCodes.sessionEnded.reason);
    return present(row);
  }

  /** Revokes a key; its connections are closed at once. */
  async remove(id: string): Promise<void> {
    const gone = await this.#parts.db
      .deleteFrom('keys')
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (!gone) throw notFound();
    this.#known.delete(id);
    this.#used.delete(id);
    this.#closeSockets(id, 'signInRequired', 'This key was revoked.');
  }

  /** Closes the connections of keys whose time ended after `since`, and by `until`. */
  async sweep(since: number, until: number): Promise<void> {
    const expired = await this.#parts.db
      .selectFrom('keys')
      .select('id')
      .where('expiresAt', '>', since)
      .where('expiresAt', '<=', until)
      .execute();
    for (const { id } of expired) this.#closeSockets(id, 'signInRequired', 'This key has expired.');
  }

  /** Writes down when keys were last used. */
  async flush(): Promise<void> {
    const used = [...this.#used];
    this.#used.clear();
    if (used.length === 0) return;
    await this.#parts.db.transaction().execute(async (trx) => {
      for (const [id, lastUsedAt] of used) {
        await trx.updateTable('keys').set({ lastUsedAt }).where('id', '=', id).execute();
      }
    });
  }

  async #load(id: string): Promise<KeyRow | undefined> {
    const row = await this.#parts.db.selectFrom('keys').selectAll().where('id', '=', id).executeTakeFirst();
    if (row) this.#known.set(id, row);
    return row;
  }

  #checkExpiry(expiresAt: number | undefined): void {
    if (expiresAt !== undefined && expiresAt <= this.#parts.clock()) {
      throw fieldError('malformed', 'expiresAt', 'lies in the past');
    }
  }

  #closeSockets(id: string, why: 'sessionEnded' | 'signInRequired', reason: string): void {
    this.#parts.bus.publish('close', { accountId: `key:${id}`, code: closeCodes[why].code, reason });
  }
}

function present(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    ...(row.role !== null && { role: row.role }),
    scopes: JSON.parse(row.scopes) as Scope[],
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    ...(row.expiresAt !== null && { expiresAt: row.expiresAt }),
    ...(row.lastUsedAt !== null && { lastUsedAt: row.lastUsedAt }),
    hint: row.hint,
  };
}
