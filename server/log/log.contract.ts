import { describe, expect, test } from 'vitest';
import type { Appended } from './log.ts';
import { LogFixture, type LogUnderTest, MUCH, offsets, START, upTo } from './log-fixture.ts';

const MINUTE = 60_000;

/** What log.ts promises of positions, keys, options and names, for every implementation of it. */
export function logContract(name: string, make: () => LogUnderTest): void {
  describe(name, () => {
    const on = new LogFixture(make);

    test('[ORD-1] offsets of a channel rise by one from 1, whoever publishes, and calls settle in that order', async () => {
      const settled: number[] = [];
      await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const items = [{ channel: index % 3 === 0 ? 'b' : 'a', time: on.now, data: '0' }];
          const [result] = await on.log.append(items);
          if (items[0]!.channel === 'a') settled.push((result as Appended).offset);
        }),
      );
      expect(settled).toEqual(upTo(1, settled.length));
    });

    test('[REC-2] a channel without publications has a position too: its epoch and 0', async () => {
      expect(await on.log.head('quiet')).toEqual({
        epoch: expect.any(String),
        offset: 0,
        oldest: 1,
        options: {},
      });
      expect(await on.log.readAfter('quiet', 0, 10, MUCH)).toMatchObject({ offset: 0, publications: [] });
      expect(await on.log.readNewest('quiet', { limit: 10, maxBytes: MUCH })).toMatchObject({
        publications: [],
      });
      expect(await on.log.readBuckets('quiet', {}, 10)).toMatchObject({ buckets: [] });
    });

    test('[REC-6] the epoch of a channel that has no publication yet is the one it will have', async () => {
      const { epoch } = await on.log.head('born-later');
      expect((await on.append('born-later', 1)).epoch).toBe(epoch);
      expect((await on.log.head('other')).epoch).not.toBe(epoch);
    });

    test('[DUR-1] [REC-3] what was acknowledged is there after a restart, under the same epoch, and offsets go on', async () => {
      const first = await on.append('pumps', { bar: 3.4 });
      await on.reopen();
      expect(await on.log.readAfter('pumps', 0, 10, MUCH)).toEqual({
        epoch: first.epoch,
        offset: 1,
        oldest: 1,
        lastTime: START,
        options: {},
        publications: [{ offset: 1, time: START, data: '{"bar":3.4}' }],
      });
      expect(await on.append('pumps', 2)).toEqual({ epoch: first.epoch, offset: 2 });
    });

    test('[TIM-1] data comes back as the JSON text that was sent', async () => {
      const texts = ['null', '"ä€😀\\u0000"', '1e400', '[1,  2]', '{"b":1,"a":2}', 'true'];
      await on.log.append(texts.map((data) => ({ channel: 'text', time: 0.5, data })));
      const { publications } = await on.log.readAfter('text', 0, 10, MUCH);
      expect(publications.map((one) => one.data)).toEqual(texts);
      expect(publications[0]!.time).toBe(0.5);
    });

    test('a key that comes again with the same data answers with the first position, also after a restart', async () => {
      const first = await on.append('a', 1, { key: 'k' });
      await on.append('a', 2);
      await on.reopen();
      expect(await on.append('a', 1, { key: 'k' })).toEqual({ ...first, duplicate: true });
      expect((await on.log.head('a')).offset).toBe(2);
      expect((await on.append('b', 1, { key: 'k' })).duplicate).toBeUndefined();
    });

    test('[BAT-1] equal keys inside a batch are duplicates; other data is a conflict and the rest is kept', async () => {
      const item = { channel: 'a', time: on.now, key: 'k' };
      const results = await on.log.append([
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
      await on.append('a', 1, { key: 'k' });
      on.now += 5 * MINUTE - 1;
      expect(await on.append('a', 1, { key: 'k' })).toMatchObject({ offset: 1, duplicate: true });
      on.now += 1;
      expect(await on.append('a', 2, { key: 'k' })).toEqual({ epoch: expect.any(String), offset: 2 });
    });

    test('[REC-6] a drop forgets the history and begins a new epoch; the same name never has one twice', async () => {
      const epochs = new Set<string>();
      for (let round = 0; round < 3; round++) {
        const { epoch, offset } = await on.append('a', round);
        expect(offset).toBe(1);
        epochs.add(epoch);
        expect(await on.log.drop('a')).toBe(true);
        expect(await on.log.channels({ limit: 10 })).toEqual([]);
        const head = await on.log.head('a');
        expect(head).toMatchObject({ offset: 0, oldest: 1, options: {} });
        await on.reopen();
        expect((await on.log.head('a')).epoch).toBe(head.epoch);
      }
      expect(epochs.size).toBe(3);
      expect(await on.log.drop('a')).toBe(false);
    });

    test('a key of a dropped channel means nothing to the next one of that name', async () => {
      await on.append('a', 1, { key: 'k' });
      await on.log.drop('a');
      expect(await on.append('a', 2, { key: 'k' })).toMatchObject({ offset: 1 });
    });

    test('options are kept, field by field, and a conflate key of null takes it away', async () => {
      await on.log.configure('a', { conflateBy: '/node', retention: { hours: 2 } });
      await on.log.configure('a', { retention: { publications: 5 } });
      await on.reopen();
      const kept = { conflateBy: '/node', retention: { hours: 2, publications: 5 } };
      expect((await on.log.head('a')).options).toEqual(kept);
      const { epochChanged, options: left } = await on.log.configure('a', { conflateBy: null });
      expect([epochChanged, left]).toEqual([false, { retention: kept.retention }]);
    });

    test('[REC-6] a change of durability begins a new epoch, there and back', async () => {
      const first = await on.append('a', 1);
      const inMemory = await on.log.configure('a', { durability: 'memory' });
      expect(inMemory).toMatchObject({ epochChanged: true, offset: 0 });
      const second = await on.append('a', 2);
      expect(second).toEqual({ epoch: inMemory.epoch, offset: 1 });
      const onDisk = await on.log.configure('a', { durability: 'disk' });
      expect(new Set([first.epoch, second.epoch, onDisk.epoch]).size).toBe(3);
      expect(onDisk.offset).toBe(0);
    });

    test('[DUR-1] a memory channel has everything while the process lives, and a new epoch after', async () => {
      await on.log.configure('m', { durability: 'memory' });
      await on.appendMany('m', 50, 1_000);
      await on.append('m', 'last', { key: 'k' });
      expect(await on.append('m', 'last', { key: 'k' })).toMatchObject({ offset: 51, duplicate: true });
      await expect(on.append('m', 'other', { key: 'k' })).rejects.toMatchObject({ error: 'conflict' });
      expect(offsets((await on.log.readAfter('m', 48, 10, MUCH)).publications)).toEqual([49, 50, 51]);
      expect(offsets((await on.log.readNewest('m', { limit: 2, maxBytes: MUCH })).publications)).toEqual([
        50, 51,
      ]);
      expect(
        offsets((await on.log.readRange('m', { from: START + 2_000, to: START + 4_000 }, 10)).publications),
      ).toEqual([3, 4]);
      expect((await on.log.readBuckets('m', { from: START, to: START + 50_000 }, 1)).buckets).toMatchObject([
        { count: 51 },
      ]);
      const { epoch } = await on.log.head('m');
      await on.reopen();
      const head = await on.log.head('m');
      expect(head).toMatchObject({ offset: 0, options: { durability: 'memory' } });
      expect(head.epoch).not.toBe(epoch);
    });

    test('[ORD-1] a batch over disk and memory channels settles in offset order with those around it', async () => {
      await on.log.configure('m', { durability: 'memory' });
      const settled: number[] = [];
      const both = (): Promise<void> =>
        on.log
          .append([
            { channel: 'd', time: on.now, data: '0' },
            { channel: 'm', time: on.now, data: '0' },
          ])
          .then(([, m]) => void settled.push((m as Appended).offset));
      const one = (): Promise<void> =>
        on.log
          .append([{ channel: 'm', time: on.now, data: '0' }])
          .then(([m]) => void settled.push((m as Appended).offset));
      await Promise.all([both(), one(), both(), one(), both()]);
      expect(settled).toEqual([1, 2, 3, 4, 5]);
    });

    test('channels are listed by name in pages, those that a pattern covers', async () => {
      for (const channel of ['b.two', 'a', 'b.one', '$hub', 'b']) await on.append(channel, 1);
      const names = async (query: { match?: string; after?: string; limit?: number }): Promise<string[]> =>
        (await on.log.channels({ limit: 10, ...query })).map((one) => one.channel);
      expect(await names({})).toEqual(['$hub', 'a', 'b', 'b.one', 'b.two']);
      expect(await names({ limit: 2 })).toEqual(['$hub', 'a']);
      expect(await names({ limit: 2, after: 'a' })).toEqual(['b', 'b.one']);
      expect(await names({ match: 'b.*' })).toEqual(['b.one', 'b.two']);
      expect(await names({ match: '*' })).toEqual(['a', 'b', 'b.one', 'b.two']);
    });

    test('beyond the limit of channels a new one is refused and the known ones go on; a drop makes room', async () => {
      await on.reopen({ maxChannels: 2 });
      await on.append('a', 1);
      const results = await on.log.append(
        ['b', 'c', 'a'].map((channel) => ({ channel, time: on.now, data: '0' })),
      );
      expect(results).toMatchObject([{ offset: 1 }, { error: 'overloaded' }, { offset: 2 }]);
      await expect(on.log.configure('c', {})).rejects.toMatchObject({ error: 'overloaded' });
      await on.log.drop('a');
      expect((await on.append('c', 1)).offset).toBe(1);
    });

    test('after close nothing more is taken, and what was taken before is kept', async () => {
      const pending = on.append('a', 1);
      const closing = on.log.close();
      await expect(on.append('a', 2)).rejects.toMatchObject({ error: 'draining' });
      expect((await pending).offset).toBe(1);
      await closing;
      await on.open();
      expect((await on.log.head('a')).offset).toBe(1);
    });
  });
}
