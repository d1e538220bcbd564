import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { type Migration, migrate } from './migrate.ts';
import { isUniqueViolation } from './sqlite-errors.ts';

let folder: string;
let db: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-storage-'));
  db = await openDatabase(join(folder, 'app.db'));
});

afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const fruits: Migration = {
  name: '0001-fruits',
  up: async (on: Kysely<unknown>) => {
    await sql`create table fruits (name text primary key, ripe integer not null) strict`.execute(on);
  },
};

async function count(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from fruits`.execute(db);
  return rows[0]!.n;
}

test('a migration is applied once, and its tables stand', async () => {
  await migrate(db, [fruits]);
  await migrate(db, [fruits]);
  await sql`insert into fruits values ('apple', ${true})`.execute(db);
  const { rows } = await sql`select * from fruits`.execute(db);
  expect(rows).toEqual([{ name: 'apple', ripe: 1 }]);
});

test('a migration that fails leaves nothing of itself behind', async () => {
  const broken: Migration = {
    name: '0002-broken',
    up: async (on) => {
      await sql`insert into fruits values ('half', 0)`.execute(on);
      await sql`insert into nowhere values (1)`.execute(on);
    },
  };
  await migrate(db, [fruits]);
  await expect(migrate(db, [fruits, broken])).rejects.toThrow(/nowhere/);
  expect(await count()).toBe(0);
  expect(await db.selectFrom('migrations').select('name').execute()).toEqual([{ name: '0001-fruits' }]);
});

test('a database of a newer version is refused with a sentence', async () => {
  await migrate(db, [fruits]);
  await expect(migrate(db, [])).rejects.toThrow(
    'written by a newer version of Callboard (it has "0001-fruits")',
  );
});

test('a transaction keeps others out until it has ended', async () => {
  await migrate(db, [fruits]);
  const seen: number[] = [];
  const writing = db.transaction().execute(async (trx) => {
    await sql`insert into fruits values ('apple', 1)`.execute(trx);
    await sql`insert into fruits values ('pear', 1)`.execute(trx);
    seen.push(1);
  });
  const reading = count().then((n) => seen.push(n));
  await Promise.all([writing, reading]);
  expect(seen).toEqual([1, 2]);
});

test('a row that is there already is told apart from other faults', async () => {
  await migrate(db, [fruits]);
  await sql`insert into fruits values ('apple', 1)`.execute(db);
  const again = sql`insert into fruits values ('apple', 1)`.execute(db);
  await expect(again).rejects.toSatisfy(isUniqueViolation);
});

test('a full disk is storageFull, and the next write that fits is kept', async () => {
  await migrate(db, [fruits]);
  await sql`pragma max_page_count = 10`.execute(db);
  const large = sql`insert into fruits values (${'x'.repeat(100_000)}, 1)`.execute(db);
  await expect(large).rejects.toMatchObject({ error: 'storageFull' });
  await sql`insert into fruits values ('small', 1)`.execute(db);
  expect(await count()).toBe(1);
});

test('a thread that dies is replaced after the transaction that it took along', async () => {
  const workers: Worker[] = [];
  const collect = (worker: Worker): void => void workers.push(worker);
  process.on('worker', collect);
  await migrate(db, [fruits]);
  process.off('worker', collect);
  const broken = db.transaction().execute(async (trx) => {
    await sql`insert into fruits values ('half', 0)`.execute(trx);
    await workers[0]!.terminate();
    await sql`insert into fruits values ('other half', 0)`.execute(trx);
  });
  await expect(broken).rejects.toMatchObject({ error: 'overloaded' });
  expect(await count()).toBe(0);
});

test('another process that keeps the file locked makes a write overloaded within the two seconds', async () => {
  await migrate(db, [fruits]);
  const other = await openDatabase(join(folder, 'app.db'));
  await other.transaction().execute(async (trx) => {
    await sql`insert into fruits values ('held', 1)`.execute(trx);
    const write = sql`insert into fruits values ('mine', 1)`.execute(db);
    await expect(write).rejects.toMatchObject({ error: 'overloaded' });
  });
  await other.destroy();
});
