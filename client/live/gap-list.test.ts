import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from '../connection/connection.ts';
import { FakeServer, settle } from '../connection/fake-server.ts';
import { Feeds } from './feed.ts';
import type { Feed } from './types.ts';

let server: FakeServer;
let connection: Connection;
let feeds: Feeds;

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  server = new FakeServer();
  connection = new Connection(server.environment);
  feeds = new Feeds(connection, () => Promise.resolve([]));
  connection.start();
  await settle();
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

/** Publishes one value each second. */
async function speak(channel: string, count: number, toPage = true): Promise<void> {
  for (let n = 0; n < count; n++) {
    await vi.advanceTimersByTimeAsync(1_000);
    server.publish(channel, n, toPage ? server.socket : undefined);
  }
}

const offsets = (feed: Feed): number[] => feed.points().map((point) => point.offset);

test('a reconnect is a gap that says offline, then how much came back [REC-1]', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 2);
  const lostAt = Date.now();
  server.automatic = false;
  server.socket.end();
  expect(feed.gaps()).toEqual([{ from: lostAt, to: Number.POSITIVE_INFINITY, kind: 'offline', count: 0 }]);
  await speak('a', 4, false);
  server.automatic = true;
  connection.reconnectNow();
  server.socket.open();
  await settle();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(feed.gaps()).toMatchObject([{ from: lostAt, kind: 'recovered', count: 4 }]);
  expect(feed.gaps()[0]?.to).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(offsets(feed)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a reconnect in which nothing was missed leaves no mark', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 2);
  server.socket.end();
  await vi.advanceTimersByTimeAsync(300);
  expect(feed.gaps()).toEqual([]);
});

test('a silent line is offline since it was last heard, not since that was noticed', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 3);
  const heardAt = Date.now();
  server.answersPings = false;
  await vi.advanceTimersByTimeAsync(32_050);
  expect(connection.state.state).toBe('offline');
  expect(feed.gaps()[0]?.from).toBe(heardAt);
});

test('what cannot be recovered is lost, with its count, in one span', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 1);
  const lostAt = Date.now();
  server.socket.end();
  for (let n = 0; n < 9; n++) server.publish('a', n);
  server.channel('a').oldest = 8;
  await vi.advanceTimersByTimeAsync(300);
  expect(feed.gaps()).toMatchObject([{ from: lostAt, kind: 'lost', count: 6, cause: 'line' }]);
  expect(offsets(feed)).toEqual([1, 8, 9, 10]);
});

test('[SLOW-1] a live gap spans from the last value to the next', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 1);
  const from = Date.now();
  const { items } = server.channel('a');
  items.push({ offset: 2, time: 0, data: 0 }, { offset: 3, time: 0, data: 0 });
  server.socket.say({ type: 'gap', channel: 'a', epoch: 'e1', from: 2, to: 3, reason: 'trimmed' });
  await speak('a', 1);
  expect(feed.gaps()).toEqual([{ from, to: Date.now(), kind: 'lost', count: 2, cause: 'server' }]);
  await speak('a', 1);
  expect(feed.gaps()).toHaveLength(1);
  expect(feed.gaps()[0]?.to).toBe(Date.now() - 1_000);
});

test('[SLOW-1] what a slow line leaves out again and again is one stretch, not many gaps', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 1);
  const from = Date.now();
  const { items } = server.channel('a');
  for (let round = 0; round < 3; round++) {
    const next = items.length + 1;
    for (let n = 0; n < 9; n++) items.push({ offset: next + n, time: 0, data: 0 });
    server.socket.say({
      ...{ type: 'gap', channel: 'a', epoch: 'e1', reason: 'thinned' },
      ...{ from: next, to: next + 8 },
    });
    await speak('a', 1);
  }
  expect(feed.gaps()).toEqual([{ from, to: Date.now(), kind: 'thinned', count: 27 }]);
  await speak('a', 11);
  expect(feed.gaps()).toHaveLength(1);
});

describe('after an absence longer than the window', () => {
  async function leaveFor(ms: number, count: number): Promise<void> {
    server.page?.away();
    for (let n = 0; n < count; n++) {
      await vi.advanceTimersByTimeAsync(ms / count);
      server.publish('a', n);
    }
    server.page?.visible();
    await settle();
    await settle();
  }

  test('the window is asked for anew, not all that was missed, and the rest is an honest gap', async () => {
    const { feed } = feeds.open('a', { historyMs: 60_000, limit: 5 });
    await settle();
    await speak('a', 3);
    await leaveFor(120_000, 40);
    const [asked] = server.socket.heardOf('subscribe');
    expect(asked).not.toHaveProperty('since');
    expect(asked?.history).toEqual({ ms: 60_000 });
    expect(connection.state.state).toBe('live');
    expect(feed.last?.offset).toBe(43);
    expect(feed.gaps().every((gap) => gap.kind !== 'offline')).toBe(true);
  });

  test('a shorter one is recovered in full', async () => {
    const { feed } = feeds.open('a', { historyMs: 60_000 });
    await settle();
    await speak('a', 3);
    await leaveFor(30_000, 10);
    expect(server.socket.heardOf('subscribe')[0]?.since).toEqual({ epoch: 'e1', offset: 3 });
    expect(feed.gaps()).toMatchObject([{ kind: 'recovered', count: 10 }]);
    expect(offsets(feed)).toHaveLength(13);
  });
});

test('after a restore nothing of the old numbering is shown, and the span is marked', async () => {
  const { feed } = feeds.open('a', { limit: 50 });
  await settle();
  await speak('a', 3);
  const lostAt = Date.now();
  server.socket.end();
  server.channels.delete('a');
  server.channel('a').epoch = 'e2';
  server.publish('a', 'restored');
  await vi.advanceTimersByTimeAsync(300);
  expect(feed.points().map((point) => point.data)).toEqual(['restored']);
  expect(feed.gaps()).toMatchObject([{ from: lostAt, kind: 'lost', cause: 'numbering' }]);
});

test('a channel that was never heard has no gap', async () => {
  server.automatic = false;
  const { feed } = feeds.open('a');
  await settle();
  server.socket.end();
  expect(feed.gaps()).toEqual([]);
  expect(feed.state.phase).toBe('loading');
});
