import { afterEach, expect, test, vi } from 'vitest';
import { createClient } from '../test/recorder.ts';
import { createTestHub } from '../test/test-hub.ts';
import type { Hub } from './hub.ts';

const open: Hub[] = [];
let clock = 1_000_000;

async function setUp() {
  const made = createTestHub({ flushMs: 0, clock: () => clock });
  open.push(made.hub);
  const [slow, fast] = [createClient(), createClient()];
  for (const { client } of [slow, fast]) {
    made.hub.register(client);
    await made.hub.subscribe(client, { channel: 'a' });
  }
  return { ...made, slow, fast };
}

afterEach(() => {
  for (const hub of open.splice(0)) hub.close();
  vi.useRealTimers();
});

test('[SLOW-1] a client without room gets nothing more, then recovers from its own position; others notice nothing', async () => {
  const { hub, publish, slow, fast } = await setUp();
  publish('a', 1);
  slow.sink.hasRoom = false;
  publish('a', 2, 3);
  publish('a', 4);
  expect(slow.sink.offsets('a')).toEqual([1]);
  expect(slow.client.slow).toBe(true);
  expect(fast.sink.offsets('a')).toEqual([1, 2, 3, 4]);

  slow.sink.hasRoom = true;
  hub.resume(slow.client);
  expect(slow.sink.offsets('a')).toEqual([1, 2, 3, 4]);
  expect(slow.client.slow).toBe(false);
  publish('a', 5);
  expect(slow.sink.offsets('a')).toEqual([1, 2, 3, 4, 5]);
});

test('[SLOW-1] announcements reach a slow client all the same', async () => {
  const { hub, publish, slow } = await setUp();
  slow.sink.hasRoom = false;
  publish('a', 1);
  hub.send({ everyone: true }, { type: 'message', event: 'fire', data: null });
  expect(slow.sink.messages.at(-1)).toMatchObject({ event: 'fire' });
});

test('[SLOW-1] what has left ring and history meanwhile is announced as a gap', async () => {
  const { hub, log, publish, slow } = await setUp();
  slow.sink.hasRoom = false;
  for (let n = 1; n <= 20_000; n += 1) publish('a', n);
  log.trim('a', 15_000);
  slow.sink.hasRoom = true;
  hub.resume(slow.client);
  await vi.waitFor(() => expect(slow.sink.offsets('a').at(-1)).toBe(20_000));
  const [gap] = slow.sink.all('gap');
  expect(gap).toMatchObject({ from: 1, to: 19_999, reason: 'thinned' });
  expect(slow.sink.offsets('a')).toEqual([20_000]);
});

test('[REC-7] where a channel may be thinned, a slow client gets the newest per key, with gaps between', async () => {
  const { hub, log, publish } = await setUp();
  await log.configure('b', { conflateBy: '/node' });
  const { client, sink } = createClient();
  hub.register(client);
  await hub.subscribe(client, { channel: 'b' });
  sink.hasRoom = false;
  for (let n = 1; n <= 50; n += 1) publish('b', { node: n === 40 ? 'two' : 'one', n });
  sink.hasRoom = true;
  hub.resume(client);
  expect(sink.messages.slice(1)).toMatchObject([
    { type: 'gap', from: 1, to: 39, reason: 'thinned' },
    { type: 'publication', offset: 40, data: { node: 'two' } },
    { type: 'gap', from: 41, to: 49, reason: 'thinned' },
    { type: 'publication', offset: 50, data: { node: 'one' } },
  ]);
});

test('[SLOW-1] a client that stays full for 30 s is closed, one that drains in between is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { hub, publish, slow, fast } = await setUp();
  for (const { sink } of [slow, fast]) sink.hasRoom = false;
  publish('a', 1);
  clock += 20_000;
  fast.sink.hasRoom = true;
  hub.resume(fast.client);
  clock += 9_000;
  vi.advanceTimersByTime(1_000);
  expect(slow.sink.closedWith).toBeUndefined();
  clock += 1_000;
  vi.advanceTimersByTime(1_000);
  expect(slow.sink.closedWith).toEqual({ why: 'slow', reason: undefined });
  expect(fast.sink.closedWith).toBeUndefined();
});

test('[SLOW-1] a line that trickles, with never any room, has been full all the time', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { hub, publish, slow } = await setUp();
  slow.sink.hasRoom = false;
  publish('a', 1);
  for (let second = 0; second < 30; second += 1) {
    clock += 1_000;
    hub.resume(slow.client);
    vi.advanceTimersByTime(1_000);
  }
  expect(slow.sink.closedWith).toEqual({ why: 'slow', reason: undefined });
});

test('a subscribe waits for room before its answer, so that answers cannot pile up', async () => {
  const { hub, slow } = await setUp();
  slow.sink.hasRoom = false;
  const asked = hub.subscribe(slow.client, { id: 1, channel: 'b', history: { limit: 10 } });
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(slow.sink.all('subscribed')).toHaveLength(1);
  slow.sink.hasRoom = true;
  hub.resume(slow.client);
  await asked;
  expect(slow.sink.all('subscribed')).toHaveLength(2);
});

test('a read that fails while a client catches up is tried again', async () => {
  const { hub, log, publish, slow, failures } = await setUp();
  slow.sink.hasRoom = false;
  // Large enough that the first ones leave the ring, few enough that they are not thinned.
  for (let n = 1; n <= 30; n += 1) publish('a', 'x'.repeat(100_000));
  log.broken = new Error('busy');
  slow.sink.hasRoom = true;
  hub.resume(slow.client);
  await vi.waitFor(() => expect(failures).toEqual([log.broken]));
  log.broken = undefined;
  await vi.waitFor(() => expect(slow.sink.offsets('a').at(-1)).toBe(30), { timeout: 5_000 });
  expect(slow.sink.offsets('a')).toHaveLength(30);
});
