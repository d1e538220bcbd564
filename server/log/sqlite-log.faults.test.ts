import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Worker } from 'node:worker_threads';
import SQLite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Appended, StoredPublication } from './log.ts';
import { RingBudget } from './ring.ts';
import { SqliteLog, type SqliteLogOptions } from './sqlite-log.ts';

let folder: string;
let file: string;
let log: SqliteLog | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'callboard-faults-'));
  file = join(folder, 'log.db');
});

afterEach(async () => {
  await log?.close();
  log = undefined;
  await rm(folder, { recursive: true });
});

async function open(options: Partial<SqliteLogOptions> = {}): Promise<SqliteLog> {
  log = await SqliteLog.open({
    file,
    retention: { publications: 1e6, hours: 24, bytes: 1e9 },
    maxChannels: 100,
    maxBytes: 1e9,
    rings: new RingBudget(1e7),
    ...options,
  });
  return log;
}

const item = (data: string, channel = 'a') => ({ channel, time: 0, data });

async function all(from: SqliteLog): Promise<StoredPublication[]> {
  return (await from.readAfter('a', 0, 1e6, 1e9)).publications;
}

test('[DUR-1] kill -9 in the middle of 1,000 appends: all acknowledged are there, and offsets go on', async () => {
  const source = JSON.stringify(new URL('./sqlite-log.ts', import.meta.url).href);
  const rings = JSON.stringify(new URL('./ring.ts', import.meta.url).href);
  const program = `
    const { SqliteLog } = await import(${source});
    const { RingBudget } = await import(${rings});
    const log = await SqliteLog.open({ file: ${JSON.stringify(file)}, retention: { publications: 1e6, hours: 24, bytes: 1e9 },
      maxChannels: 10, maxBytes: 1e9, rings: new RingBudget(1e7) });
    for (let number = 1; number <= 1000; number++) {
      log.append([{ channel: 'a', time: 0, data: String(number) }]).then(([{ epoch, offset }]) => {
        process.stdout.write(number + ' ' + offset + ' ' + epoch + '\\n');
      });
      if (number % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: { data: string; offset: number; epoch: string }[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const [data, offset, epoch] = line.split(' ') as [string, string, string];
    acknowledged.push({ data, offset: Number(offset), epoch });
    if (acknowledged.length === 400) child.kill('SIGKILL');
  });
  await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  expect(child.signalCode).toBe('SIGKILL');
  expect(acknowledged.length).toBeLessThan(1_000);

  const reopened = await open();
  const kept = await all(reopened);
  expect(kept.map((one) => one.offset)).toEqual(kept.map((_, index) => index + 1));
  for (const { data, offset } of acknowledged) expect(kept[offset - 1]?.data).toBe(data);
  const [next] = await reopened.append([item('after')]);
  expect(next).toEqual({ epoch: acknowledged[0]!.epoch, offset: kept.length + 1 });
});

test('a full disk is storageFull: nothing of the call is kept, and it goes on when there is room', async () => {
  await open({ maxPages: 60, maxChannels: 3 });
  const large = JSON.stringify('x'.repeat(20_000));
  let kept = 0;
  let refused: unknown;
  while (refused === undefined) {
    await log!.append([{ ...item(large), key: `k${kept}` }, item(large, 'b')]).then(
      () => (kept += 1),
      (cause: unknown) => (refused = cause),
    );
  }
  expect(refused).toMatchObject({ error: 'storageFull' });
  expect(kept).toBeGreaterThan(0);
  expect((await log!.head('a')).offset).toBe(kept);
  expect((await log!.head('b')).offset).toBe(kept);
  expect((await all(log!)).length).toBe(kept);
  // A channel that was refused with its first publication does not count toward the limit.
  await expect(log!.append([1, 2, 3].map(() => item(large, 'c')))).rejects.toMatchObject({
    error: 'storageFull',
  });
  expect(await log!.append([item('1', 'c')])).toMatchObject([{ offset: 1 }]);

  // What fits is kept by the same process, under the key that was refused before.
  const results = await log!.append([{ ...item('1'), key: `k${kept}` }]);
  expect(results).toEqual([{ epoch: expect.any(String), offset: kept + 1 }]);
  expect((await all(log!)).at(-1)).toMatchObject({ offset: kept + 1, data: '1' });
});

test('while another process holds the file, appends and the check are refused within about two seconds, then work', async () => {
  await open();
  await log!.append([item('1')]);
  const other = new SQLite(file);
  other.exec('begin immediate');
  const startedAt = performance.now();
  await expect(log!.append([item('2')])).rejects.toMatchObject({ error: 'overloaded' });
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  await expect(log!.check()).rejects.toMatchObject({ error: 'overloaded' });
  expect((await all(log!)).length).toBe(1);
  other.exec('rollback');
  other.close();
  expect(await log!.append([item('2')])).toMatchObject([{ offset: 2 }]);
  await log!.check();
});

test('a thread that dies is replaced: what was under way is overloaded, then offsets go on', async () => {
  const workers: Worker[] = [];
  const collect = (worker: Worker): void => void workers.push(worker);
  process.on('worker', collect);
  await open();
  await log!.append([item('1')]);
  expect((await all(log!)).length).toBe(1);
  const pending = log!.append([item('2')]).then(
    () => 'kept',
    (cause: { error: string }) => cause.error,
  );
  await Promise.all(workers.map((worker) => worker.terminate()));
  process.off('worker', collect);
  expect(['kept', 'overloaded']).toContain(await pending);
  const [next] = (await log!.append([item('3')])) as Appended[];
  const kept = await all(log!);
  expect(kept.at(-1)).toMatchObject({ offset: next!.offset, data: '3' });
  expect(kept.map((one) => one.offset)).toEqual(kept.map((_, index) => index + 1));
});

test('over its budget of disk the largest channel gives its oldest, and small ones keep all', async () => {
  await open({ maxBytes: 3_000_000 });
  await log!.append(Array.from({ length: 10 }, () => item('"small"', 'small')));
  const large = JSON.stringify('x'.repeat(10_000));
  for (let round = 0; round < 10; round++) {
    await log!.append(Array.from({ length: 50 }, () => item(large)));
    await log!.maintain();
  }
  const head = await log!.head('a');
  expect(head.offset).toBe(500);
  expect(head.oldest).toBeGreaterThan(200);
  expect(head.oldest).toBeLessThan(400);
  expect((await log!.head('small')).oldest).toBe(1);
  expect(statSync(file).size).toBeLessThan(4_000_000);
});

test('what a dropped channel leaves is deleted bit by bit', async () => {
  await open();
  await log!.append(Array.from({ length: 2_500 }, (_, index) => ({ ...item('1'), key: `k${index}` })));
  await log!.drop('a');
  await log!.append([item('7')]);
  await log!.maintain();
  const db = new SQLite(file, { readonly: true });
  const count = (table: string): unknown => db.prepare(`select count(*) from ${table}`).pluck().get();
  expect(['publications', 'keys', 'purges'].map(count)).toEqual([1, 0, 0]);
  db.close();
});

test('a file that is damaged, or of a newer version, is refused with a sentence', async () => {
  writeFileSync(file, 'this is not a database, and it is long enough to be looked at'.repeat(100));
  await expect(open()).rejects.toThrow(/log\.db cannot be opened: file is not a database/);
  await rm(file);
  const newer = new SQLite(file);
  newer.pragma('user_version = 99');
  newer.close();
  await expect(open()).rejects.toThrow(/written by a newer version of Callboard/);
});
