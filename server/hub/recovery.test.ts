import { afterEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../test/recorder.ts';
import { createTestHub } from '../test/test-hub.ts';
import type { Hub } from './hub.ts';

const open: Hub[] = [];

function setUp(options: Parameters<typeof createTestHub>[0] = {}) {
  const made = createTestHub({ flushMs: 0, ...options });
  open.push(made.hub);
  const connect = () => {
    const created = createClient();
    made.hub.register(created.client);
    return created;
  };
  return { ...made, connect };
}

afterEach(() => {
  for (const hub of open.splice(0)) hub.close();
});

function from(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** Subscribers come while the ring is warm (somebody hears the channel) or cold (all must come from the log). */
describe.each(['warm', 'cold'] as const)('with a %s ring', (ring) => {
  async function setUpWith(count: number) {
    const made = setUp();
    const viewer = made.connect();
    if (ring === 'warm') await made.hub.subscribe(viewer.client, { channel: 'a' });
    for (let n = 1; n <= count; n += 1) made.publish('a', n);
    const { client, sink } = made.connect();
    return { ...made, client, sink };
  }

  test('[REC-1] since answers with everything after it, then goes live with nothing lost or doubled', async () => {
    const { hub, publish, client, sink } = await setUpWith(50);
    const asked = hub.subscribe(client, { channel: 'a', since: { epoch: 'e1', offset: 20 } });
    publish('a', 51);
    await asked;
    publish('a', 52);
    await vi.waitFor(() => expect(sink.offsets('a')).toEqual(from(21, 52)));
    expect(sink.last('subscribed')).toMatchObject({ recovered: true, epoch: 'e1' });
    expect(sink.last('subscribed')!.offset).toBeGreaterThanOrEqual(50);
  });

  test('[REC-2] the position of an empty channel is recovered like any other', async () => {
    const { hub, publish, client, sink } = await setUpWith(0);
    const { epoch } = await probe(hub);
    publish('a', 1, 2);
    await hub.subscribe(client, { channel: 'a', since: { epoch, offset: 0 } });
    await vi.waitFor(() => expect(sink.offsets('a')).toEqual([1, 2]));
    expect(sink.last('subscribed')).toMatchObject({ recovered: true });
  });

  test('[REC-5] without since and history there are none, with a limit the newest', async () => {
    const { hub, client, sink } = await setUpWith(30);
    await hub.subscribe(client, { channel: 'a' });
    expect(sink.last('subscribed')).toMatchObject({ offset: 30, publications: [] });
    expect(sink.last('subscribed')).not.toHaveProperty('recovered');
    await hub.unsubscribe(client, { channel: 'a' });
    await hub.subscribe(client, { channel: 'a', history: { limit: 5 } });
    expect(sink.last('subscribed')!.publications.map(({ data }) => data)).toEqual(from(26, 30));
    expect(sink.last('subscribed')).not.toHaveProperty('recovered');
  });

  test('[REC-1] another epoch: unrecovered, the newest one, no gap as none is known', async () => {
    const { hub, client, sink } = await setUpWith(30);
    await hub.subscribe(client, { channel: 'a', since: { epoch: 'other', offset: 3 } });
    expect(sink.messages).toHaveLength(1);
    expect(sink.last('subscribed')).toMatchObject({ recovered: false, reason: 'epoch', offset: 30 });
    expect(sink.offsets('a')).toEqual([30]);
  });

  test('[REC-6] a client that is ahead of the server takes its position', async () => {
    const { hub, client, sink } = await setUpWith(30);
    await hub.subscribe(client, { channel: 'a', since: { epoch: 'e1', offset: 31 } });
    expect(sink.last('subscribed')).toMatchObject({ recovered: false, reason: 'ahead', offset: 30 });
    expect(sink.all('gap')).toEqual([]);
    expect(sink.offsets('a')).toEqual([30]);
  });

  test('[REC-4] beyond 10,000: unrecovered with reason limit, the newest, the gap in the same frame', async () => {
    const { hub, client, sink } = await setUpWith(10_002);
    const since = { epoch: 'e1', offset: 1 };
    await hub.subscribe(client, { channel: 'a', since, history: { limit: 3 } });
    expect(sink.frames).toHaveLength(1);
    expect(sink.last('subscribed')).toMatchObject({ recovered: false, reason: 'limit' });
    expect(sink.offsets('a')).toEqual([10_000, 10_001, 10_002]);
    expect(sink.all('gap')).toMatchObject([{ from: 2, to: 9_999, reason: 'limit', epoch: 'e1' }]);
  });

  test('[REC-3] a recovery comes in frames of at most 256 KiB, whatever it holds', async () => {
    const { hub, publish, sink, client } = await setUpWith(0);
    for (let n = 1; n <= 30; n += 1) publish('a', 'ä'.repeat(20_000));
    await hub.subscribe(client, { channel: 'a', since: { epoch: (await probe(hub)).epoch, offset: 0 } });
    await vi.waitFor(() => expect(sink.offsets('a')).toEqual(from(1, 30)));
    expect(Math.max(...sink.frames.map((frame) => frame.length))).toBeLessThanOrEqual(256 * 1024);
    expect(sink.last('subscribed')).toMatchObject({ recovered: true });
  });

  test('[REC-3] ten thousand tiny publications come in such frames too, all of them', async () => {
    const { hub, sink, client } = await setUpWith(10_000);
    await hub.subscribe(client, { channel: 'a', since: { epoch: 'e1', offset: 0 } });
    await vi.waitFor(() => expect(sink.offsets('a')).toEqual(from(1, 10_000)));
    expect(Math.max(...sink.frames.map((frame) => frame.length))).toBeLessThanOrEqual(256 * 1024);
  });

  test('[REC-6] more than 16 MiB is not recovered', async () => {
    const { hub, publish, sink, client } = await setUpWith(0);
    for (let n = 1; n <= 34; n += 1) publish('a', 'x'.repeat(500_000));
    const { epoch } = await probe(hub);
    await hub.subscribe(client, { channel: 'a', since: { epoch, offset: 0 } });
    expect(sink.last('subscribed')).toMatchObject({ recovered: false, reason: 'limit' });
    expect(sink.all('gap')).toMatchObject([{ from: 1, to: 33, reason: 'limit' }]);
    expect(sink.offsets('a')).toEqual([34]);
  });
});

/** The epoch as another client learns it. */
async function probe(hub: Hub): Promise<{ epoch: string }> {
  const { client, sink } = createClient();
  hub.register(client);
  await hub.subscribe(client, { channel: 'a' });
  hub.unregister(client);
  return sink.last('subscribed')!;
}

test('[REC-1] what was trimmed is named: unrecovered, the gap up to the first one given', async () => {
  const { hub, log, publish, connect } = setUp();
  for (let n = 1; n <= 30; n += 1) publish('a', n);
  log.trim('a', 25);
  const { client, sink } = connect();
  const since = { epoch: 'e1', offset: 10 };
  await hub.subscribe(client, { channel: 'a', since, history: { limit: 100 } });
  expect(sink.last('subscribed')).toMatchObject({ recovered: false, reason: 'trimmed' });
  expect(sink.offsets('a')).toEqual(from(25, 30));
  expect(sink.all('gap')).toMatchObject([{ from: 11, to: 24, reason: 'trimmed' }]);
});

test('[REC-1] when nothing at all is kept any more, the gap reaches the head', async () => {
  const { hub, log, publish, connect } = setUp();
  for (let n = 1; n <= 30; n += 1) publish('a', n);
  log.trim('a', 31);
  const { client, sink } = connect();
  await hub.subscribe(client, { channel: 'a', since: { epoch: 'e1', offset: 10 } });
  expect(sink.last('subscribed')).toMatchObject({ recovered: false, offset: 30, publications: [] });
  expect(sink.all('gap')).toMatchObject([{ from: 11, to: 30, reason: 'trimmed' }]);
  publish('a', 31);
  expect(sink.offsets('a')).toEqual([31]);
});

test('[REC-5] points replace publications by buckets, live from the offset on', async () => {
  const { hub, publish, connect } = setUp();
  for (let n = 1; n <= 30; n += 1) publish('a', n);
  const { client, sink } = connect();
  const asked = hub.subscribe(client, { channel: 'a', history: { points: 10, ms: 1_000 } });
  await asked;
  publish('a', 31);
  const subscribed = sink.last('subscribed')!;
  expect(subscribed).toMatchObject({ publications: [], offset: 30 });
  expect(subscribed.buckets).toHaveLength(1);
  expect(sink.offsets('a')).toEqual([31]);
});

test('[REC-5] since wins over history where it can be recovered', async () => {
  const { hub, publish, connect } = setUp();
  for (let n = 1; n <= 30; n += 1) publish('a', n);
  const { client, sink } = connect();
  const since = { epoch: 'e1', offset: 28 };
  await hub.subscribe(client, { channel: 'a', since, history: { limit: 20 } });
  expect(sink.offsets('a')).toEqual([29, 30]);
});

test('equal reads of many clients at once are done once', async () => {
  const { hub, log, publish, connect } = setUp();
  for (let n = 1; n <= 30; n += 1) publish('a', n);
  const clients = from(1, 100).map(connect);
  const wish = { channel: 'a', history: { limit: 20, ms: 60_000 } };
  await Promise.all(clients.map(({ client }) => hub.subscribe(client, wish)));
  for (const { sink } of clients) expect(sink.offsets('a')).toEqual(from(11, 30));
  expect(log.reads).toBe(2);
});
