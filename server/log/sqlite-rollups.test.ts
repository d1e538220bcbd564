import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bucket } from '../../shared/protocol/publication.ts';
import { RingBudget } from './ring.ts';
import { SqliteLog } from './sqlite-log.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 1);

const folder = mkdtempSync(join(tmpdir(), 'callboard-rollups-'));
let log: SqliteLog;
let now = START;
let number = 0;

beforeAll(async () => {
  log = await SqliteLog.open({
    file: join(folder, 'log.db'),
    retention: { publications: 1e6, hours: 24, bytes: 1e9 },
    maxChannels: 10_000,
    maxBytes: 1e9,
    rings: new RingBudget(1e7),
    clock: () => now,
  });
});

afterAll(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

const count = (buckets: readonly Bucket[]): number => buckets.reduce((sum, one) => sum + one.count, 0);

async function publish(channel: string, values: readonly { time: number; value: number }[]): Promise<void> {
  await log.append(values.map(({ time, value }) => ({ channel, time, data: JSON.stringify({ v: value }) })));
}

test('[HIS-1] minutes whose publications have gone are still there as rollups, others exactly', async () => {
  const channel = `c${++number}`;
  await log.configure(channel, { retention: { publications: 30 } });
  await publish(
    channel,
    Array.from({ length: 300 }, (_, index) => ({ time: START + index * 10_000, value: index })),
  );
  now = START + 50 * MINUTE;
  await log.maintain();
  expect(await log.head(channel)).toMatchObject({ offset: 300, oldest: 271 });

  const { buckets } = await log.readBuckets(channel, { from: START, to: START + 50 * MINUTE }, 50);
  expect(buckets.length).toBe(50);
  expect(buckets[0]).toEqual({ from: START, to: START + MINUTE, count: 6, fields: { '/v': [0, 5, 5] } });
  expect(buckets[49]).toMatchObject({ count: 6, fields: { '/v': [294, 299, 299] } });

  const fine = await log.readBuckets(channel, { from: START + 44 * MINUTE, to: START + 46 * MINUTE }, 12);
  expect(fine.buckets.map((one) => one.count)).toEqual([6, 1, 1, 1, 1, 1, 1]);
  expect((await log.readBuckets(channel, {}, 10)).buckets[0]!.from).toBe(START);
});

test('[HIS-1] rollups are kept for 30 days', async () => {
  const channel = `c${++number}`;
  await publish(channel, [{ time: now, value: 1 }]);
  const from = now;
  now += 29 * 24 * 60 * MINUTE;
  await log.maintain();
  expect((await log.head(channel)).oldest).toBe(2);
  expect(count((await log.readBuckets(channel, { from, to: now }, 1)).buckets)).toBe(1);
  now += 2 * 24 * 60 * MINUTE;
  await log.maintain();
  expect(count((await log.readBuckets(channel, { from, to: now }, 1)).buckets)).toBe(0);
});

test('[HIS-1] whatever is rolled up or not, buckets count each publication of a range once, with its min, max and last', async () => {
  const history = fc.array(
    fc.record({ ahead: fc.integer({ min: -3, max: 6 }), value: fc.integer({ min: -99, max: 99 }) }),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(
      history,
      history,
      fc.integer({ min: 0, max: 30 * MINUTE }),
      fc.integer({ min: 1, max: 60 * MINUTE }),
      fc.integer({ min: 1, max: 40 }),
      async (rolled, fresh, skip, length, points) => {
        const channel = `c${++number}`;
        let time = now;
        const place = (list: typeof rolled) =>
          list.map(({ ahead, value }) => {
            time += ahead * 17_000;
            return { time, value };
          });
        const values = [...place(rolled), ...place(fresh)];
        await publish(channel, values.slice(0, rolled.length));
        now += MINUTE;
        await log.maintain();
        await publish(channel, values.slice(rolled.length));

        const from = values[0]!.time - 10 * MINUTE + skip;
        const to = from + length;
        const inRange = values.filter((one) => one.time >= from && one.time < to);
        const { buckets } = await log.readBuckets(channel, { from, to }, points);
        expect(buckets.length).toBeLessThanOrEqual(points);
        expect(count(buckets)).toBe(inRange.length);
        for (const bucket of buckets) {
          const members = inRange.filter((one) => one.time >= bucket.from && one.time < bucket.to);
          const numbers = members.map((one) => one.value);
          expect(bucket.count).toBe(members.length);
          expect(bucket.fields['/v']!.slice(0, 2)).toEqual([Math.min(...numbers), Math.max(...numbers)]);
          expect(numbers).toContain(bucket.fields['/v']![2]);
        }
      },
    ),
    { numRuns: 60 },
  );
});
