import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from '../connection/connection.ts';
import { FakeServer, settle } from '../connection/fake-server.ts';
import { channelStore } from '../connection/use-channel.ts';
import { Feeds } from './feed.ts';
import type { Feed } from './types.ts';

let server: FakeServer;
let connection: Connection;
let feeds: Feeds;
/** What was asked of HTTP. */
let tails: unknown[];

beforeEach(async () => {
  vi.useFakeTimers({ now: 1_000_000 });
  server = new FakeServer();
  connection = new Connection(server.environment);
  tails = [];
  feeds = new Feeds(connection, (channel, head, count) => {
    tails.push({ channel, head, count });
    const { items } = server.channel(channel);
    return Promise.resolve(items.slice(Math.max(0, head.offset - count), head.offset));
  });
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

describe('sharing', () => {
  test('all screens of a channel share one subscription, for the most that any of them needs', async () => {
    feeds.open('a', { historyMs: 60_000 });
    feeds.open('a', { historyMs: 900_000, limit: 5 });
    feeds.open('a');
    await settle();
    expect(server.socket.heardOf('subscribe')).toMatchObject([{ channel: 'a', history: { ms: 900_000 } }]);
  });

  test('a screen that only wants to show something gets the newest value at once', async () => {
    server.publish('a', 41.2);
    const { feed } = feeds.open('a');
    await settle();
    expect(feed.last?.data).toBe(41.2);
    expect(server.socket.heardOf('subscribe')[0]?.history).toEqual({ limit: 1 });
  });

  test('a later screen that needs more has it loaded anew', async () => {
    const { feed } = feeds.open('a', { historyMs: 60_000 });
    await settle();
    let resets = 0;
    feed.listen({ reset: () => (resets += 1) });
    feeds.open('a', { historyMs: 60_000 });
    await settle();
    expect(resets).toBe(0);
    feeds.open('a', { historyMs: 900_000 });
    await settle();
    expect(resets).toBe(1);
    expect(server.socket.heardOf('subscribe').at(-1)).toMatchObject({ history: { ms: 900_000 } });
  });

  test('a screen that goes from a long window to a short one gets the data itself, not its thinning', async () => {
    const day = feeds.open('a', { historyMs: 86_400_000, points: 720 });
    await settle();
    day.close();
    const minutes = feeds.open('a', { historyMs: 300_000 });
    await settle();
    expect(server.socket.heardOf('subscribe').at(-1)?.history).toEqual({ ms: 300_000 });
    minutes.close();
    feeds.open('a', { historyMs: 60_000 });
    await settle();
    expect(server.socket.heardOf('subscribe')).toHaveLength(2);
  });

  test('a channel is kept for a while after the last screen left it', async () => {
    const first = feeds.open('a');
    await settle();
    first.close();
    await vi.advanceTimersByTimeAsync(4_000);
    const second = feeds.open('a');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(second.feed).toBe(first.feed);
    expect(server.socket.heardOf('unsubscribe')).toHaveLength(0);
    second.close();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.socket.heardOf('unsubscribe')).toHaveLength(1);
  });

  test('opened and closed within one turn, nothing lingers', async () => {
    feeds.open('a').close();
    await vi.advanceTimersByTimeAsync(5_000);
    await settle();
    expect(server.socket.heardOf('unsubscribe')).toHaveLength(1);
  });
});

describe('what is kept', () => {
  test('is bounded by count', async () => {
    const { feed } = feeds.open('a', { limit: 10 });
    await settle();
    for (let n = 0; n < 1_000; n++) server.publish('a', n, server.socket);
    expect(offsets(feed)).toEqual([991, 992, 993, 994, 995, 996, 997, 998, 999, 1_000]);
    expect(feed.state.received).toBe(1_000);
  });

  test('is bounded by the window', async () => {
    const { feed } = feeds.open('a', { historyMs: 5_000 });
    await settle();
    await speak('a', 20);
    expect(offsets(feed)).toEqual([15, 16, 17, 18, 19, 20]);
  });

  test('is thinned history where that was asked for, and points from there on', async () => {
    server.automatic = false;
    const { feed } = feeds.open('a', { historyMs: 86_400_000, points: 300 });
    await settle();
    const buckets = [{ from: 0, to: 990_000, count: 100, fields: { '': [1, 2, 3] } }];
    const { id } = server.socket.heardOf('subscribe')[0] ?? {};
    server.socket.say({
      type: 'subscribed',
      id,
      channel: 'a',
      epoch: 'e',
      offset: 100,
      publications: [],
      buckets,
    });
    expect(feed.buckets()).toEqual(buckets);
    expect(feed.state).toMatchObject({ lastTime: 990_000, lastReceivedAt: 990_000, intervalMs: 9_900 });
    server.socket.say({ type: 'publication', channel: 'a', offset: 101, time: 1_000_000, data: 5 });
    expect(offsets(feed)).toEqual([101]);
  });

  test('is thinned history and the newest as they were, where both are wanted', async () => {
    server.automatic = false;
    const { feed } = feeds.open('a', { historyMs: 86_400_000, points: 300 });
    feeds.open('a', { limit: 3 });
    await settle();
    for (let n = 0; n < 5; n++) server.channel('a').items.push({ offset: n + 1, time: n * 1_000, data: n });
    const bucket = (from: number) => ({ from, to: from + 2_000, count: 2, fields: {} });
    const buckets = [bucket(0), bucket(2_000), bucket(4_000)];
    const { id } = server.socket.heardOf('subscribe')[0] ?? {};
    const reply = { type: 'subscribed', id, channel: 'a', epoch: 'e', offset: 5, publications: [], buckets };
    server.socket.say(reply, { type: 'publication', channel: 'a', offset: 6, time: 5_000, data: 5 });
    await settle();
    expect(tails).toEqual([{ channel: 'a', head: { epoch: 'e', offset: 5 }, count: 3 }]);
    expect(offsets(feed)).toEqual([3, 4, 5, 6]);
    expect(feed.buckets()).toEqual([bucket(0)]);
  });

  test('is the newest datum, however long ago, where the window has none', async () => {
    server.automatic = false;
    const { feed } = feeds.open('a', { historyMs: 900_000 });
    await settle();
    server.channel('a').items.push({ offset: 1, time: 5, data: 'old' });
    const { id } = server.socket.heardOf('subscribe')[0] ?? {};
    server.socket.say({ type: 'subscribed', id, channel: 'a', epoch: 'e', offset: 1, publications: [] });
    expect(feed.state.phase).toBe('loading');
    await settle();
    expect(feed.state).toMatchObject({ phase: 'live', lastTime: 5, lastReceivedAt: 5, received: 1 });
    expect(offsets(feed)).toEqual([1]);
  });

  test('is as many lines as somebody counts on, be the window shorter', async () => {
    const { feed } = feeds.open('a', { historyMs: 2_000 });
    feeds.open('a', { limit: 4 });
    await settle();
    await speak('a', 10);
    expect(offsets(feed)).toEqual([7, 8, 9, 10]);
  });

  test('is not asked for twice where the history comes in several frames [REC-3]', async () => {
    server.automatic = false;
    const { feed } = feeds.open('a', { historyMs: 900_000 });
    feeds.open('a', { limit: 4 });
    await settle();
    const { id } = server.socket.heardOf('subscribe')[0] ?? {};
    const item = (offset: number) => ({ offset, time: offset, data: 0 });
    const reply = { type: 'subscribed', id, channel: 'a', epoch: 'e', offset: 3, publications: [item(1)] };
    server.socket.say(reply, ...[2, 3].map((n) => ({ type: 'publication', channel: 'a', ...item(n) })));
    await settle();
    expect(tails).toEqual([]);
    expect(offsets(feed)).toEqual([1, 2, 3]);
  });

  test('a tail that cannot be loaded is asked for again with the next line', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    server.automatic = false;
    let fails = true;
    feeds = new Feeds(connection, () =>
      fails
        ? Promise.reject(new Error('unreachable'))
        : Promise.resolve([{ offset: 1, time: 5, data: 'old' }]),
    );
    const { feed } = feeds.open('a', { historyMs: 900_000 });
    await settle();
    const answer = (): void => {
      const { id } = server.socket.heardOf('subscribe').at(-1) ?? {};
      const reply = { type: 'subscribed', id, channel: 'a', epoch: 'e', offset: 1, publications: [] };
      server.socket.say({ ...reply, ...(fails ? {} : { recovered: true }) });
    };
    answer();
    await settle();
    expect(warn).toHaveBeenCalledOnce();
    expect(feed.state.phase).toBe('live');
    fails = false;
    server.socket.end();
    connection.reconnectNow();
    server.socket.open();
    server.welcome();
    answer();
    await settle();
    expect(offsets(feed)).toEqual([1]);
    warn.mockRestore();
  });

  test('keeps the newest datum in sight while a wider window is loaded', async () => {
    const { feed } = feeds.open('a');
    await settle();
    await speak('a', 2);
    server.automatic = false;
    feeds.open('a', { historyMs: 86_400_000, points: 300 });
    await settle();
    const { id } = server.socket.heardOf('subscribe').at(-1) ?? {};
    const buckets = [{ from: 0, to: 1_001_000, count: 2, fields: {} }];
    server.socket.say({
      type: 'subscribed',
      id,
      channel: 'a',
      epoch: 'e1',
      offset: 2,
      publications: [],
      buckets,
    });
    expect(feed.last?.offset).toBe(2);
    await settle();
    expect(offsets(feed)).toEqual([2]);
  });

  test('is nothing once the server refuses the channel', async () => {
    const { feed } = feeds.open('a', { limit: 10 });
    await settle();
    await speak('a', 3);
    server.socket.say({ type: 'unsubscribed', channel: 'a', code: 40_301, reason: 'No longer yours.' });
    expect(feed.state).toMatchObject({ phase: 'failed', error: { name: 'forbidden' } });
    expect(feed.points()).toEqual([]);
  });
});

describe('age', () => {
  test('starts over with every message, even where the value is the same', async () => {
    const { feed } = feeds.open('a', { limit: 10 });
    await settle();
    for (let n = 0; n < 3; n++) {
      await vi.advanceTimersByTimeAsync(1_000);
      server.publish('a', 'same', server.socket);
      expect(feed.state.lastReceivedAt).toBe(Date.now());
    }
    expect(feed.state.intervalMs).toBe(1_000);
  });

  test('of history is counted from its own time, never from the future', async () => {
    server.channel('a').items.push({ offset: 1, time: 400_000, data: 0 });
    server.channel('b').items.push({ offset: 1, time: 9_000_000, data: 0 });
    const a = feeds.open('a').feed;
    const b = feeds.open('b').feed;
    await settle();
    expect(a.state.lastReceivedAt).toBe(400_000);
    expect(b.state.lastReceivedAt).toBe(Date.now());
  });
});

describe('React', () => {
  test('hears of 5,000 messages in a second at most five times, while each reaches the hot path', async () => {
    const store = channelStore('a', { limit: 10 }, (channel, options) => feeds.open(channel, options));
    let commits = 0;
    const leave = store.subscribe(() => {
      commits += 1;
    });
    await settle();
    const { feed } = feeds.open('a');
    let painted = 0;
    feed.listen({ point: () => (painted += 1) });
    await vi.advanceTimersByTimeAsync(1_000);
    commits = 0;
    for (let slice = 0; slice < 100; slice++) {
      for (let n = 0; n < 50; n++) server.publish('a', n, server.socket);
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(painted).toBe(5_000);
    expect(commits).toBeGreaterThan(0);
    expect(commits).toBeLessThanOrEqual(5);
    await vi.advanceTimersByTimeAsync(250);
    expect(store.get().last?.offset).toBe(5_000);
    leave();
  });
});
