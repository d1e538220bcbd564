import { describe, expect, test } from 'vitest';
import { LogFixture, type LogUnderTest, MUCH, offsets, START, upTo } from './log-fixture.ts';

const HOUR = 3_600_000;

/** What log.ts promises of reading and of keeping, for every implementation of it. */
export function logHistoryContract(name: string, make: () => LogUnderTest): void {
  describe(`${name}, history`, () => {
    const on = new LogFixture(make);

    test('reading after an offset stops at a count and at about so many bytes, but gives at least one', async () => {
      await on.appendMany('a', 30);
      const read = async (after: number, limit: number, bytes: number): Promise<number[]> =>
        offsets((await on.log.readAfter('a', after, limit, bytes)).publications);
      expect(await read(0, 5, MUCH)).toEqual([1, 2, 3, 4, 5]);
      expect(await read(28, 100, MUCH)).toEqual([29, 30]);
      expect(await read(30, 100, MUCH)).toEqual([]);
      expect(await read(20, 100, 6)).toEqual([21, 22, 23]);
      expect(await read(20, 100, 1)).toEqual([21]);
    });

    test('[REC-5] the newest publications: a count, bytes and an age of arrival all apply', async () => {
      for (let index = 0; index < 20; index++) {
        await on.append('a', 'x'.repeat(98), { time: 5 });
        on.now += 1_000;
      }
      const newest = async (most: { limit: number; maxBytes: number; ms?: number }): Promise<number[]> =>
        offsets((await on.log.readNewest('a', most)).publications);
      expect(await newest({ limit: 3, maxBytes: MUCH })).toEqual([18, 19, 20]);
      expect(await newest({ limit: 100, maxBytes: 500 })).toEqual(upTo(16, 20));
      expect(await newest({ limit: 100, maxBytes: 1 })).toEqual([20]);
      expect(await newest({ limit: 100, maxBytes: MUCH, ms: 4_000 })).toEqual(upTo(17, 20));
      expect(await newest({ limit: 2, maxBytes: MUCH, ms: 4_000 })).toEqual([19, 20]);
      expect(await newest({ limit: 100, maxBytes: MUCH, ms: 10 })).toEqual([]);
    });

    test('[HIS-1] a range of times is read in pages, from ≤ time < to, in offset order even where times go back', async () => {
      for (const time of [10, 20, 15, 30, 5, 40, 25]) await on.append('a', time, { time });
      const range = async (
        from: number | undefined,
        to: number | undefined,
        after?: number,
      ): Promise<number[]> => {
        const bounds = { ...(from && { from }), ...(to && { to }), ...(after && { after }) };
        return offsets((await on.log.readRange('a', bounds, 100)).publications);
      };
      expect(await range(15, 30)).toEqual([2, 3, 7]);
      expect(await range(undefined, 11)).toEqual([1, 5]);
      expect(await range(30, undefined)).toEqual([4, 6]);
      expect(await range(15, 30, 2)).toEqual([3, 7]);
      expect(await range(undefined, undefined)).toEqual(upTo(1, 7));

      const page = await on.log.readRange('a', { from: 10 }, 4);
      expect([offsets(page.publications), page.next]).toEqual([[1, 2, 3, 4], 4]);
      const rest = await on.log.readRange('a', { from: 10, after: page.next! }, 4);
      expect([offsets(rest.publications), rest.next]).toEqual([[6, 7], undefined]);
    });

    test('[HIS-1] buckets hold min, max and last of each numeric field, by JSON pointer', async () => {
      const values = [4, 9, 2, 7, 1, 5];
      for (const [index, value] of values.entries()) {
        await on.append('a', { cpu: [value, -value], note: 'x' }, { time: START + index * 100 });
      }
      const { buckets } = await on.log.readBuckets('a', { from: START, to: START + 600 }, 2);
      expect(buckets).toEqual([
        { from: START, to: START + 300, count: 3, fields: { '/cpu/0': [2, 9, 2], '/cpu/1': [-9, -2, -2] } },
        {
          from: START + 300,
          to: START + 600,
          count: 3,
          fields: { '/cpu/0': [1, 7, 5], '/cpu/1': [-7, -1, -5] },
        },
      ]);
    });

    test('[HIS-1] buckets over an open range cover all of it, in at most so many', async () => {
      await on.appendMany('a', 100, 10);
      const { buckets } = await on.log.readBuckets('a', {}, 7);
      expect(buckets.length).toBeLessThanOrEqual(7);
      expect(buckets.reduce((sum, one) => sum + one.count, 0)).toBe(100);
      expect(
        await on.log
          .readBuckets('a', { after: 90 }, 7)
          .then((read) => read.buckets.reduce((n, b) => n + b.count, 0)),
      ).toBe(10);
    });

    test('retention by count: the oldest leave, the head stays', async () => {
      await on.reopen({ retention: { publications: 10, hours: 24, bytes: MUCH } });
      await on.appendMany('a', 2_500);
      await on.log.maintain();
      expect(await on.log.head('a')).toMatchObject({ offset: 2_500, oldest: 2_491 });
      expect(offsets((await on.log.readAfter('a', 0, 100, MUCH)).publications)).toEqual(upTo(2_491, 2_500));
      await on.reopen();
      expect(await on.log.head('a')).toMatchObject({ offset: 2_500, oldest: 2_491 });
    });

    test('[TIM-1] retention by age goes by arrival, whatever time the producer says; an emptied channel keeps its head', async () => {
      await on.append('a', 1, { time: START + 20 * HOUR });
      on.now += 12 * HOUR;
      await on.append('a', 2, { time: 0 });
      on.now += 12 * HOUR + 1;
      await on.log.maintain();
      expect(await on.log.head('a')).toMatchObject({ offset: 2, oldest: 2 });
      on.now += 12 * HOUR;
      await on.log.maintain();
      expect(await on.log.head('a')).toMatchObject({ offset: 2, oldest: 3 });
      expect((await on.log.readNewest('a', { limit: 10, maxBytes: MUCH })).publications).toEqual([]);
      expect((await on.append('a', 3)).offset).toBe(3);
    });

    test('retention by bytes keeps about so much, and at least the newest', async () => {
      await on.log.configure('a', { retention: { bytes: 10_000 } });
      for (let index = 0; index < 30; index++) await on.append('a', 'x'.repeat(998));
      await on.log.maintain();
      const { publications } = await on.log.readAfter('a', 0, 100, MUCH);
      expect(publications.length).toBeGreaterThanOrEqual(8);
      expect(publications.length).toBeLessThanOrEqual(11);
      await on.append('a', 'x'.repeat(50_000));
      await on.log.maintain();
      expect(offsets((await on.log.readAfter('a', 0, 100, MUCH)).publications)).toEqual([31]);
    });
  });
}
