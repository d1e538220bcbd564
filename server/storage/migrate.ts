import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { migrations } from './migrations/all.ts';

export interface Migration {
  /** `0001-accounts`: the number orders, the name tells. */
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
}

/**
 * Brings a database to the newest form, each step in a transaction of its own.
 * @throws Error with a sentence for the operator when a newer Callboard has written the database
 */
export async function migrate(db: Database, list: readonly Migration[] = migrations): Promise<void> {
  await db.schema
    .createTable('migrations')
    .ifNotExists()
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('appliedAt', 'integer', (column) => column.notNull())
    .execute();
  const rows = await db.selectFrom('migrations').select('name').execute();
  const applied = new Set(rows.map((row) => row.name));
  const unknown = rows.find((row) => !list.some((one) => one.name === row.name));
  if (unknown) {
    throw new Error(
      `The database was written by a newer version of Callboard (it has "${unknown.name}"): ` +
        'start that version, or restore a backup made before the upgrade.',
    );
  }
  for (const { name, up } of list) {
    if (applied.has(name)) continue;
    await db.transaction().execute(async (trx) => {
      await up(trx as unknown as Kysely<unknown>);
      await trx.insertInto('migrations').values({ name, appliedAt: Date.now() }).execute();
    });
  }
}
