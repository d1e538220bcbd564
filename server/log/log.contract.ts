import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import type { Appended, AppendItem, Log } from './log.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A whole minute, so that tests can count minutes from it. */
const START = Date.UTC(2026, 0, 1);
const MUCH = 1_000_000;

export interface LogOptions {
  retention: { publications: number; hours: number; bytes: number };
  maxChannels: number;
  clock: () => number;
}

/** A log that can be closed and opened again on the same data, and whose housekeeping runs on demand. */
export interface LogUnderTest {
  open(options: LogOptions): Promise<Log & { maintain(): Promise<void> }>;
  remove(): Promise<void>;
}

/** The promises of log.ts, for every implementation of it. */
export function logContract(name: string, make: () => LogUnderTest): void {
  describe(name, () => {
    let under: LogUnderTest;
    let log: Log & { maintain(): Promise<void> };
    let now: number;
    const options: LogOptions = {
      retention: { publications: MUCH, hours: 24, bytes: MUCH },
      maxChannels: 100,
      clock: () => now,
    };

    beforeEach(async () => {
      now = START;
      under = make();
      log = await under.open(options);
    });

    afterEach(async () => {
      await log.close();
      await under.remove();
    });

    async function reopen(changes: Partial<LogOptions> = {}): Promise<void> {
      await log.close();
      log = await under.open({ ...options, ...changes });
    }

    async function append(channel: string, data: unknown, more: Partial<AppendItem> = {}): Promise<Appended> {
      const [result] = await log.append([{ channel, time: now, data: JSON.stringify(data), ...more }]);
      if (result instanceof AppError) throw result;
      return result!;
    }

    async function appendMany(channel: string, count: number, everyMs = 0): Promise<void> {
      const items = Array.from({ length: count }, (_, index) => ({
        channel,
        time: now + index * everyMs,
        data: String(index),
      }));
      await log.append(items);
      now += Math.max(0, count - 1) * everyMs;
    }

    const offsets = (list: { offset: number }[]): number[] => list.map((one) => one.offset);
    const upTo = (from: number, to: number): number[] =>
      Array.from({ length: to - from + 1 }, (_, i) => from + i);

    test('[ORD-1] offsets of a channel rise by one from 1, whoever publishes, and calls settle in that order', async () => {
      const settled: number[] = [];
      await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const items = [{ channel: index % 3 === 0 ? 'b' : 'a', time: now, data: '0' }];
          const [result] = await log.append(items);
          if (items[0]!.channel === 'a') settled.push((result as Appended).offset);
        }),
      );
      expect(settled).toEqual(upTo(1, settled.length));
    });

    test('[REC-2] a channel without publications has a position too: its epoch and 0', async () => {
      expect(await log.head('quiet')).toEqual({
        epoch: expect.any(String),
        offset: 0,
        oldest: 1,
        options: {},
      });
      expect(await log.readAfter('quiet', 0, 10, MUCH)).toMatchObject({ offset: 0, publications: [] });
      expect(await log.readNewest('quiet', { limit: 10, maxBytes: MUCH })).toMatchObject({
        publications: [],
      });
      expect(await log.readBuckets('quiet', {}, 10)).toMatchObject({ buckets: [] });
    });

    test('[REC-6] the epoch of a channel that has no publication yet is the one it will have', async () => {
      const { epoch } = await log.head('born-later');
      expect((await append('born-later', 1)).epoch).toBe(epoch);
      expect((await log.head('other')).epoch).not.toBe(epoch);
    });

    test('[DUR-1] [REC-3] what was acknowledged is there after a restart, under the same epoch, and offsets go on', async () => {
      const first = await append('pumps', { bar: 3.4 });
      await reopen();
      expect(await log.readAfter('pumps', 0, 10, MUCH)).toEqual({
        epoch: first.epoch,
        offset: 1,
        oldest: 1,
        lastTime: START,
        options: {},
        publications: [{ offset: 1, time: START, data: '{"bar":3.4}' }],
      });
      expect(await append('pumps', 2)).toEqual({ epoch: first.epoch, offset: 2 });
    });

    test('[TIM-1] data comes back as the JSON text that was sent', async () => {
      const texts = ['null', '"ä€😀\\u0000"', '1e400', '[1,  2]', '{"b":1,"a":2}', 'true'];
      await log.append(texts.map((data) => ({ channel: 'text', time: 0.5, data })));
      const { publications } = await log.readAfter('text', 0, 10, MUCH);
      expect(publications.map((one) => one.data)).toEqual(texts);
      expect(publications[0]!.time).toBe(0.5);
    });

    test('a key that comes again with the same data answers with the first position, also after a restart', async () => {
      const first = await append('a', 1, { key: 'k' });
      await append('a', 2);
      await reopen();
      expect(await append('a', 1, { key: 'k' })).toEqual({ ...first, duplicate: true });
      expect((await log.head('a')).offset).toBe(2);
      expect((await append('b', 1, { key: 'k' })).duplicate).toBeUndefined();
    });

    test('[BAT-1] equal keys inside a batch are duplicates; other data is a conflict and the rest is kept', async () => {
      const item = { channel: 'a', time: now, key: 'k' };
      const results = await log.append([
        { ...item, data: '1' },
        { ...item, data: '1' },
        { ...item, data: '2' },
        { ...item, data: '3', key: 'other' },
      ]);
      expect(results).toMatchObject([
        { offset: 1 },
        { offset: 1, duplicate: true },
        { error: 'conflict' },
        { offset: 2 },
      ]);
    });

    test('a key is forgotten after five minutes', async () => {
      await append('a', 1, { key: 'k' });
      now += 5 * MINUTE - 1;
      expect(await append('a', 1, { key: 'k' })).toMatchObject({ offset: 1, duplicate: true });
      now += 1;
      expect(await append('a', 2, { key: 'k' })).toEqual({ epoch: expect.any(String), offset: 2 });
    });

    test('reading after an offset stops at a count and at about so many bytes, but gives at least one', async () => {
      await appendMany('a', 30);
      const read = async (after: number, limit: number, bytes: number): Promise<number[]> =>
        offsets((await log.readAfter('a', after, limit, bytes)).publications);
      expect(await read(0, 5, MUCH)).toEqual([1, 2, 3, 4, 5]);
      expect(await read(28, 100, MUCH)).toEqual([29, 30]);
      expect(await read(30, 100, MUCH)).toEqual([]);
      expect(await read(20, 100, 6)).toEqual([21, 22, 23]);
      expect(await read(20, 100, 1)).toEqual([21]);
    });

    test('[REC-5] the newest publications: a count, bytes and an age of arrival all apply', async () => {
      for (let index = 0; index < 20; index++) {
        await append('a', 'x'.repeat(98), { time: 5 });
        now += 1_000;
      }
      const newest = async (most: { limit: number; maxBytes: number; ms?: number }): Promise<number[]> =>
        offsets((await log.readNewest('a', most)).publications);
      expect(await newest({ limit: 3, maxBytes: MUCH })).toEqual([18, 19, 20]);
      expect(await newest({ limit: 100, maxBytes: 500 })).toEqual(upTo(16, 20));
      expect(await newest({ limit: 100, maxBytes: 1 })).toEqual([20]);
      expect(await newest({ limit: 100, maxBytes: MUCH, ms: 4_000 })).toEqual(upTo(17, 20));
      expect(await newest({ limit: 2, maxBytes: MUCH, ms: 4_000 })).toEqual([19, 20]);
      expect(await newest({ limit: 100, maxBytes: MUCH, ms: 10 })).toEqual([]);
    });

    test('[HIS-1] a range of times is read in pages, from ≤ time < to, in offset order even where times go back', async () => {
      for (const time of [10, 20, 15, 30, 5, 40, 25]) await append('a', time, { time });
      const range = async (
        from: number | undefined,
        to: number | undefined,
        after?: number,
      ): Promise<number[]> => {
        const bounds = { ...(from && { from }), ...(to && { to }), ...(after && { after }) };
        return offsets((await log.readRange('a', bounds, 100)).publications);
      };
      expect(await range(15, 30)).toEqual([2, 3, 7]);
      expect(await range(undefined, 11)).toEqual([1, 5]);
      expect(await range(30, undefined)).toEqual([4, 6]);
      expect(await range(15, 30, 2)).toEqual([3, 7]);
      expect(await range(undefined, undefined)).toEqual(upTo(1, 7));

      const page = await log.readRange('a', { from: 10 }, 4);
      expect([offsets(page.publications), page.next]).toEqual([[1, 2, 3, 4], 4]);
      const rest = await log.readRange('a', { from: 10, after: page.next! }, 4);
      expect([offsets(rest.publications), rest.next]).toEqual([[6, 7], undefined]);
    });

    test('[HIS-1] buckets hold min, max and last of each numeric field, by JSON pointer', async () => {
      const values = [4, 9, 2, 7, 1, 5];
      for (const [index, value] of values.entries()) {
        await append('a', { cpu: [value, -value], note: 'x' }, { time: START + index * 100 });
      }
      const { buckets } = await log.readBuckets('a', { from: START, to: START + 600 }, 2);
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
      await appendMany('a', 100, 10);
      const { buckets } = await log.readBuckets('a', {}, 7);
      expect(buckets.length).toBeLessThanOrEqual(7);
      expect(buckets.reduce((sum, one) => sum + one.count, 0)).toBe(100);
      expect(
        await log
          .readBuckets('a', { after: 90 }, 7)
          .then((read) => read.buckets.reduce((n, b) => n + b.count, 0)),
      ).toBe(10);
    });

    test('retention by count: the oldest leave, the head stays', async () => {
      await reopen({ retention: { publications: 10, hours: 24, bytes: MUCH } });
      await appendMany('a', 2_500);
      await log.maintain();
      expect(await log.head('a')).toMatchObject({ offset: 2_500, oldest: 2_491 });
      expect(offsets((await log.readAfter('a', 0, 100, MUCH)).publications)).toEqual(upTo(2_491, 2_500));
      await reopen();
      expect(await log.head('a')).toMatchObject({ offset: 2_500, oldest: 2_491 });
    });

    test('[TIM-1] retention by age goes by arrival, whatever time the producer says; an emptied channel keeps its head', async () => {
      await append('a', 1, { time: START + 20 * HOUR });
      now += 12 * HOUR;
      await append('a', 2, { time: 0 });
      now += 12 * HOUR + 1;
      await log.maintain();
      expect(await log.head('a')).toMatchObject({ offset: 2, oldest: 2 });
      now += 12 * HOUR;
      await log.maintain();
      expect(await log.head('a')).toMatchObject({ offset: 2, oldest: 3 });
      expect((await log.readNewest('a', { limit: 10, maxBytes: MUCH })).publications).toEqual([]);
      expect((await append('a', 3)).offset).toBe(3);
    });

    test('retention by bytes keeps about so much, and at least the newest', async () => {
      await log.configure('a', { retention: { bytes: 10_000 } });
      for (let index = 0; index < 30; index++) await append('a', 'x'.repeat(998));
      await log.maintain();
      const { publications } = await log.readAfter('a', 0, 100, MUCH);
      expect(publications.length).toBeGreaterThanOrEqual(8);
      expect(publications.length).toBeLessThanOrEqual(11);
      await append('a', 'x'.repeat(50_000));
      await log.maintain();
      expect(offsets((await log.readAfter('a', 0, 100, MUCH)).publications)).toEqual([31]);
    });

    test('[REC-6] a drop forgets the history and begins a new epoch; the same name never has one twice', async () => {
      const epochs = new Set<string>();
      for (let round = 0; round < 3; round++) {
        const { epoch, offset } = await append('a', round);
        expect(offset).toBe(1);
        epochs.add(epoch);
        expect(await log.drop('a')).toBe(true);
        expect(await log.channels({ limit: 10 })).toEqual([]);
        const head = await log.head('a');
        expect(head).toMatchObject({ offset: 0, oldest: 1, options: {} });
        await reopen();
        expect((await log.head('a')).epoch).toBe(head.epoch);
      }
      expect(epochs.size).toBe(3);
      expect(await log.drop('a')).toBe(false);
    });

    test('a key of a dropped channel means nothing to the next one of that name', async () => {
      await append('a', 1, { key: 'k' });
      await log.drop('a');
      expect(await append('a', 2, { key: 'k' })).toMatchObject({ offset: 1 });
    });

    test('options are kept, field by field, and a conflate key of null takes it away', async () => {
      await log.configure('a', { conflateBy: '/node', retention: { hours: 2 } });
      await log.configure('a', { retention: { publications: 5 } });
      await reopen();
      const kept = { conflateBy: '/node', retention: { hours: 2, publications: 5 } };
      expect((await log.head('a')).options).toEqual(kept);
      const { epochChanged, options: left } = await log.configure('a', { conflateBy: null });
      expect([epochChanged, left]).toEqual([false, { retention: kept.retention }]);
    });

    test('[REC-6] a change of durability begins a new epoch, there and back', async () => {
      const first = await append('a', 1);
      const inMemory = await log.configure('a', { durability: 'memory' });
      expect(inMemory).toMatchObject({ epochChanged: true, offset: 0 });
      const second = await append('a', 2);
      expect(second).toEqual({ epoch: inMemory.epoch, offset: 1 });
      const onDisk = await log.configure('a', { durability: 'disk' });
      expect(new Set([first.epoch, second.epoch, onDisk.epoch]).size).toBe(3);
      expect(onDisk.offset).toBe(0);
    });

    test('[DUR-1] a memory channel has everything while the process lives, and a new epoch after', async () => {
      await log.configure('m', { durability: 'memory' });
      await appendMany('m', 50, 1_000);
      await append('m', 'last', { key: 'k' });
      expect(await append('m', 'last', { key: 'k' })).toMatchObject({ offset: 51, duplicate: true });
      await expect(append('m', 'other', { key: 'k' })).rejects.toMatchObject({ error: 'conflict' });
      expect(offsets((await log.readAfter('m', 48, 10, MUCH)).publications)).toEqual([49, 50, 51]);
      expect(offsets((await log.readNewest('m', { limit: 2, maxBytes: MUCH })).publications)).toEqual([
        50, 51,
      ]);
      expect(
        offsets((await log.readRange('m', { from: START + 2_000, to: START + 4_000 }, 10)).publications),
      ).toEqual([3, 4]);
      expect((await log.readBuckets('m', { from: START, to: START + 50_000 }, 1)).buckets).toMatchObject([
        { count: 51 },
      ]);
      const { epoch } = await log.head('m');
      await reopen();
      const head = await log.head('m');
      expect(head).toMatchObject({ offset: 0, options: { durability: 'memory' } });
      expect(head.epoch).not.toBe(epoch);
    });

    test('[ORD-1] a batch over disk and memory channels settles in offset order with those around it', async () => {
      await log.configure('m', { durability: 'memory' });
      const settled: number[] = [];
      const both = (): Promise<void> =>
        log
          .append([
            { channel: 'd', time: now, data: '0' },
            { channel: 'm', time: now, data: '0' },
          ])
          .then(([, m]) => void settled.push((m as Appended).offset));
      const one = (): Promise<void> =>
        log
          .append([{ channel: 'm', time: now, data: '0' }])
          .then(([m]) => void settled.push((m as Appended).offset));
      await Promise.all([both(), one(), both(), one(), both()]);
      expect(settled).toEqual([1, 2, 3, 4, 5]);
    });

    test('channels are listed by name in pages, those that a pattern covers', async () => {
      for (const channel of ['b.two', 'a', 'b.one', '$hub', 'b']) await append(channel, 1);
      const names = async (query: { match?: string; after?: string; limit?: number }): Promise<string[]> =>
        (await log.channels({ limit: 10, ...query })).map((one) => one.channel);
      expect(await names({})).toEqual(['$hub', 'a', 'b', 'b.one', 'b.two']);
      expect(await names({ limit: 2 })).toEqual(['$hub', 'a']);
      expect(await names({ limit: 2, after: 'a' })).toEqual(['b', 'b.one']);
      expect(await names({ match: 'b.*' })).toEqual(['b.one', 'b.two']);
      expect(await names({ match: '*' })).toEqual(['a', 'b', 'b.one', 'b.two']);
    });

    test('beyond the limit of channels a new one is refused and the known ones go on; a drop makes room', async () => {
      await reopen({ maxChannels: 2 });
      await append('a', 1);
      const results = await log.append(['b', 'c', 'a'].map((channel) => ({ channel, time: now, data: '0' })));
      expect(results).toMatchObject([{ offset: 1 }, { error: 'overloaded' }, { offset: 2 }]);
      await expect(log.configure('c', {})).rejects.toMatchObject({ error: 'overloaded' });
      await log.drop('a');
      expect((await append('c', 1)).offset).toBe(1);
    });

    test('after close nothing more is taken, and what was taken before is kept', async () => {
      const pending = append('a', 1);
      const closing = log.close();
      await expect(append('a', 2)).rejects.toMatchObject({ error: 'draining' });
      expect((await pending).offset).toBe(1);
      await closing;
      log = await under.open(options);
      expect((await log.head('a')).offset).toBe(1);
    });
  });
}
