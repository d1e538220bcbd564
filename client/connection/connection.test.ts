import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from './connection.ts';
import { FakeServer, settle } from './fake-server.ts';
import type { ChannelListener, Subscribed } from './subscriptions.ts';
import { RequestError } from './types.ts';

let server: FakeServer;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  server = new FakeServer();
  connection = new Connection(server.environment);
});

afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

async function goLive(): Promise<void> {
  connection.start();
  await settle();
  expect(connection.state.state).toBe('live');
}

/** Writes down all that a channel's listener is told. */
function recorder(): ChannelListener & { told: unknown[]; offsets: number[]; answers: Subscribed[] } {
  const told: unknown[] = [];
  const offsets: number[] = [];
  const answers: Subscribed[] = [];
  return {
    told,
    offsets,
    answers,
    subscribed(answer) {
      answers.push(answer);
      told.push(answer.how);
      for (const { offset } of answer.publications) offsets.push(offset);
    },
    publication: ({ offset }) => offsets.push(offset),
    gap: ({ from, to }) => told.push(`gap ${from}-${to}`),
    lost: () => told.push('lost'),
    failed: (error) => told.push(`failed ${error.reason}`),
  };
}

describe('the line', () => {
  test('introduces itself first, and is live after the welcome', async () => {
    const names: string[] = [];
    connection.subscribe(() => names.push(connection.state.state));
    await goLive();
    expect(server.socket.heard[0]).toEqual({
      type: 'hello',
      protocol: 1,
      client: { kind: 'browser', build: 'test' },
    });
    expect(connection.clientId).toBe('c1');
    expect(names.slice(0, 2)).toEqual(['connecting', 'live']);
  });

  test('starting twice opens one socket', () => {
    connection.start();
    connection.start();
    expect(server.sockets).toHaveLength(1);
    expect(server.watchedPages).toBe(1);
  });

  test('comes back by itself after a loss, and ignores what the old socket still says', async () => {
    await goLive();
    const old = server.socket;
    old.end();
    expect(connection.state.state).toBe('offline');
    await vi.advanceTimersByTimeAsync(300);
    expect(connection.state.state).toBe('live');
    expect(server.sockets).toHaveLength(2);
    old.end(4_500);
    old.say({ type: 'reconnect', inMs: 1, reason: 'late' });
    expect(connection.state.state).toBe('live');
  });

  test('[DRN-1] leaves at once when the server asks, and returns in the slot given', async () => {
    await goLive();
    server.socket.say({ type: 'reconnect', inMs: 8_000, reason: 'draining' });
    expect(server.socket.closedByPage).toBe(true);
    await vi.advanceTimersByTimeAsync(7_999);
    expect(server.sockets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(connection.state.state).toBe('live');
  });

  test('stays away once it is told to, and returns when the person signed in', async () => {
    await goLive();
    server.socket.end(4_500, 'Sign in.');
    expect(connection.state).toMatchObject({ state: 'blocked', blocked: 'auth' });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(server.sockets).toHaveLength(1);
    connection.start();
    await settle();
    expect(connection.state.state).toBe('live');
  });

  test('says why the first connection failed although HTTP works', async () => {
    server.automatic = false;
    server.finding = { kind: 'httpWorks' };
    connection.start();
    server.socket.end();
    await settle();
    expect(server.diagnoses).toBe(1);
    expect(connection.state.cause).toMatch(/HTTP works but the WebSocket was refused/);
  });

  test('goes on when a socket cannot even be made', async () => {
    const env = { ...server.environment };
    const refused = new Connection({
      ...env,
      openSocket: () => {
        throw new Error('policy');
      },
    });
    refused.start();
    expect(refused.state.state).toBe('offline');
    expect(server.problems).toHaveLength(1);
    refused.stop();
  });

  test('leaves while nobody looks, and returns when somebody does', async () => {
    await goLive();
    server.page?.away();
    expect(connection.state.state).toBe('idle');
    expect(server.socket.closedByPage).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(server.sockets).toHaveLength(1);
    server.page?.visible();
    await settle();
    expect(connection.state.state).toBe('live');
  });

  test('frames that are no messages are reported, and types that it does not know are ignored [FLD-1]', async () => {
    await goLive();
    server.socket.raw('{');
    server.socket.raw(new ArrayBuffer(1));
    expect(server.problems).toHaveLength(2);
    server.socket.say({ type: 'hologram' });
    expect(server.problems).toHaveLength(2);
    expect(connection.state.state).toBe('live');
  });
});

describe('the heartbeat', () => {
  test('measures the round trip and the clock of the server', async () => {
    server.answersPings = false;
    await goLive();
    const [ping] = server.socket.heardOf('ping');
    await vi.advanceTimersByTimeAsync(64);
    server.socket.say({
      type: 'pong',
      id: ping?.id,
      sentAt: ping?.sentAt,
      serverTime: Date.now() - 32 + 5_000,
    });
    expect(connection.serverTimeOffsetMs).toBe(5_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(connection.state.rttMs).toBe(64);
  });

  test('[HB-2] takes the line for dead 10 s after a ping that nothing answered', async () => {
    await goLive();
    server.answersPings = false;
    await vi.advanceTimersByTimeAsync(25_000);
    expect(server.socket.heardOf('ping')).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(connection.state.state).toBe('degraded');
    await vi.advanceTimersByTimeAsync(1);
    expect(connection.state).toMatchObject({ state: 'offline', cause: 'The server fell silent.' });
  });

  test('[HB-2] any frame is a sign of life', async () => {
    await goLive();
    server.answersPings = false;
    for (let second = 0; second < 60; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      server.socket.say({ type: 'message', event: 'tick', data: second });
    }
    expect(server.sockets).toHaveLength(1);
  });

  test('calls the line slow while answers take over 2 s, and live when they are timely again', async () => {
    await goLive();
    server.answersPings = false;
    await vi.advanceTimersByTimeAsync(27_000);
    expect(connection.state.state).toBe('degraded');
    server.answersPings = true;
    const ping = server.socket.heardOf('ping').at(-1);
    server.socket.say({ type: 'pong', id: ping?.id, sentAt: ping?.sentAt, serverTime: Date.now() });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(connection.state.state).toBe('live');
    const before = server.socket.heardOf('ping').length;
    await vi.advanceTimersByTimeAsync(24_000);
    expect(server.socket.heardOf('ping').length - before).toBeLessThanOrEqual(1);
  });

  test('asks at once when the network changed', async () => {
    await goLive();
    const before = server.socket.heardOf('ping').length;
    server.page?.online();
    expect(server.socket.heardOf('ping')).toHaveLength(before + 1);
  });

  test('a computer that slept asks again before it gives up', async () => {
    await goLive();
    server.answersPings = false;
    await vi.advanceTimersByTimeAsync(25_000);
    // The clock went on, the timers did not.
    vi.setSystemTime(Date.now() + 3_600_000);
    server.answersPings = true;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.sockets).toHaveLength(1);
    expect(connection.state.state).toBe('live');
  });
});

describe('channels', () => {
  test('[LAN-1] what one turn wants shares a frame, and arrives in order', async () => {
    await goLive();
    const a = recorder();
    connection.want('a', {}, a);
    connection.want('b', {}, recorder());
    await settle();
    expect(server.socket.frames.filter((frame) => frame.includes('subscribe'))).toHaveLength(1);
    for (let n = 0; n < 5; n++) server.publish('a', n, server.socket);
    expect(a.offsets).toEqual([1, 2, 3, 4, 5]);
  });

  test('asks for history first, and continues from its position after a reconnect [REC-1]', async () => {
    for (let n = 0; n < 3; n++) server.publish('a', n);
    const a = recorder();
    connection.want('a', { limit: 2 }, a);
    await goLive();
    expect(server.socket.heardOf('subscribe')[0]).toMatchObject({ history: { limit: 2 } });
    server.publish('a', 3, server.socket);
    server.socket.end();
    for (let n = 4; n < 9; n++) server.publish('a', n);
    await vi.advanceTimersByTimeAsync(300);
    expect(server.socket.heardOf('subscribe')[0]).toMatchObject({ since: { epoch: 'e1', offset: 4 } });
    server.publish('a', 9, server.socket);
    expect(a.told).toEqual(['anew', 'lost', 'continued']);
    expect(a.answers[1]?.missed).toBe(5);
    expect(a.offsets).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('[REC-2] an empty channel has a position too', async () => {
    const a = recorder();
    connection.want('a', { limit: 10 }, a);
    await goLive();
    server.socket.end();
    server.publish('a', 'first');
    await vi.advanceTimersByTimeAsync(300);
    expect(server.socket.heardOf('subscribe')[0]).toMatchObject({ since: { epoch: 'e1', offset: 0 } });
    expect(a.offsets).toEqual([1]);
  });

  test('[REC-4] is catching up until what was missed has come, and says how far it is', async () => {
    const a = recorder();
    connection.want('a', { limit: 1 }, a);
    await goLive();
    server.publish('a', 0, server.socket);
    server.socket.end();
    for (let n = 1; n <= 10; n++) server.publish('a', n);
    server.inReply = 4;
    await vi.advanceTimersByTimeAsync(300);
    expect(connection.state).toMatchObject({ state: 'resuming' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(connection.state.resuming).toEqual({ done: 4, total: 10 });
    server.drain();
    expect(connection.state.state).toBe('live');
    expect(a.offsets).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test('[ORD-2] a gap that is announced is passed on, and is no error', async () => {
    const a = recorder();
    connection.want('a', {}, a);
    await goLive();
    server.publish('a', 0, server.socket);
    server.channel('a').items.push({ offset: 2, time: 0, data: 0 }, { offset: 3, time: 0, data: 0 });
    server.socket.say({ type: 'gap', channel: 'a', epoch: 'e1', from: 2, to: 3, reason: 'trimmed' });
    server.publish('a', 0, server.socket);
    expect(a.told).toContain('gap 2-3');
    expect(a.offsets).toEqual([1, 4]);
    expect(server.problems).toEqual([]);
  });

  test('[ORD-2] a hole that nobody announced is reported, and filled by asking again', async () => {
    const a = recorder();
    connection.want('a', {}, a);
    await goLive();
    server.publish('a', 0, server.socket);
    server.publish('a', 1);
    server.publish('a', 2, server.socket);
    server.publish('a', 3, server.socket);
    await settle();
    expect(server.problems).toHaveLength(1);
    expect(server.socket.heard.slice(-2).map((message) => message.type)).toEqual([
      'unsubscribe',
      'subscribe',
    ]);
    expect(a.offsets).toEqual([1, 2, 3, 4]);
    server.publish('a', 4, server.socket);
    expect(a.offsets.at(-1)).toBe(5);
  });

  test('[ORD-1] an offset that comes twice is dropped and reported', async () => {
    const a = recorder();
    connection.want('a', {}, a);
    await goLive();
    const item = server.publish('a', 0, server.socket);
    server.socket.say({ type: 'publication', channel: 'a', ...item });
    expect(a.offsets).toEqual([1]);
    expect(server.problems).toHaveLength(1);
  });

  test('[REC-6] a channel whose numbering began anew is loaded anew', async () => {
    const a = recorder();
    connection.want('a', { limit: 5 }, a);
    await goLive();
    server.publish('a', 'old', server.socket);
    server.channels.delete('a');
    server.channel('a').epoch = 'e2';
    server.socket.say({ type: 'unsubscribed', channel: 'a', code: 41_001, reason: 'epoch ended' });
    await settle();
    server.publish('a', 'new', server.socket);
    expect(a.told).toEqual(['anew', 'anew']);
    expect(a.offsets).toEqual([1, 1]);
    expect(server.socket.heardOf('subscribe').at(-1)?.since).toBeUndefined();
  });

  test('only the answer to the newest question counts', async () => {
    await goLive();
    const a = recorder();
    const wanted = connection.want('a', { limit: 1 }, a);
    await settle();
    wanted.reload({ limit: 2 });
    wanted.reload({ limit: 3 });
    await settle();
    expect(a.told).toEqual(['anew', 'anew']);
  });

  test('[REC-1] what can no longer be recovered comes as a gap between old and new', async () => {
    const a = recorder();
    connection.want('a', { limit: 5 }, a);
    await goLive();
    server.publish('a', 0, server.socket);
    server.socket.end();
    for (let n = 1; n < 10; n++) server.publish('a', n);
    server.channel('a').oldest = 8;
    await vi.advanceTimersByTimeAsync(300);
    expect(a.told).toEqual(['anew', 'lost', 'torn', 'gap 2-7']);
    expect(a.offsets).toEqual([1, 8, 9, 10]);
    server.publish('a', 10, server.socket);
    expect(a.offsets.at(-1)).toBe(11);
    expect(server.problems).toEqual([]);
  });

  test('a refusal is told, and does not hold up the others', async () => {
    server.automatic = false;
    const refused = recorder();
    connection.want('secret', {}, refused);
    connection.start();
    server.socket.open();
    server.welcome();
    expect(connection.state.state).toBe('resuming');
    const id = server.socket.heardOf('subscribe')[0]?.id;
    const error = { code: 40_301, name: 'forbidden', message: 'No.', retry: false };
    server.socket.say({ type: 'error', id, ...error });
    expect(refused.told).toEqual(['failed forbidden']);
    expect(connection.state.state).toBe('live');
  });

  test('a refusal that may pass is tried again', async () => {
    server.automatic = false;
    const a = recorder();
    connection.want('a', {}, a);
    connection.start();
    server.socket.open();
    server.welcome();
    const first = server.socket.heardOf('subscribe')[0]?.id;
    const error = { code: 50_301, name: 'overloaded', message: 'Busy.', retry: true, retryAfterMs: 700 };
    server.socket.say({ type: 'error', id: first, ...error });
    await vi.advanceTimersByTimeAsync(700);
    expect(server.socket.heardOf('subscribe')).toHaveLength(2);
  });

  test('a channel that is given up is left, and can be wanted again in the same turn', async () => {
    await goLive();
    const first = connection.want('a', {}, recorder());
    await settle();
    first.release();
    const again = recorder();
    connection.want('a', {}, again);
    await settle();
    expect(server.socket.heard.slice(-3).map((message) => message.type)).toEqual([
      'subscribe',
      'unsubscribe',
      'subscribe',
    ]);
    server.publish('a', 0, server.socket);
    expect(again.offsets).toEqual([1]);
  });
});

describe('requests', () => {
  test('are answered', async () => {
    await goLive();
    await expect(connection.request({ type: 'publish', channel: 'a', data: 1 })).resolves.toMatchObject({
      type: 'published',
      offset: 1,
    });
  });

  test('are refused at once while offline', async () => {
    await expect(connection.request({ type: 'publish', channel: 'a', data: 1 })).rejects.toMatchObject({
      reason: 'offline',
    });
  });

  test('fail when the line breaks before the answer, or nobody answers for 15 s', async () => {
    await goLive();
    server.automatic = false;
    const broken = connection.request({ type: 'view', board: 'b' });
    server.socket.end();
    await expect(broken).rejects.toBeInstanceOf(RequestError);
    server.automatic = true;
    await vi.advanceTimersByTimeAsync(300);
    server.automatic = false;
    const silent = connection.request({ type: 'view', board: 'b' });
    const outcome = expect(silent).rejects.toMatchObject({ reason: 'timeout' });
    for (let second = 0; second < 15; second++) {
      await vi.advanceTimersByTimeAsync(1_000);
      server.socket.say({ type: 'message', event: 'tick', data: 0 });
    }
    await outcome;
  });

  test('carry what the server says against them', async () => {
    await goLive();
    server.automatic = false;
    const asked = connection.request({ type: 'publish', channel: 'a', data: 1 });
    const { id } = server.socket.heardOf('publish')[0] ?? {};
    server.socket.say({ type: 'error', id, code: 40_301, name: 'forbidden', message: 'No.', retry: false });
    await expect(asked).rejects.toMatchObject({ reason: 'forbidden', code: 40_301 });
  });
});

test('what a person did offline reaches the server once, after the resume', async () => {
  connection.want('a', {}, recorder());
  connection.intent({ type: 'receipt', announcement: 'a1', revision: 1, state: 'acknowledged' });
  await goLive();
  const types = server.socket.heard.map((message) => message.type);
  expect(types.filter((type) => type === 'receipt')).toHaveLength(1);
  expect(types.indexOf('receipt')).toBeGreaterThan(types.indexOf('subscribe'));
  server.socket.end();
  await vi.advanceTimersByTimeAsync(300);
  expect(server.socket.heardOf('receipt')).toHaveLength(0);
});

describe('events', () => {
  test('reach their listeners until those leave', async () => {
    const events: string[] = [];
    const leave = connection.on('message', ({ event }) => events.push(event));
    connection.on('welcome', ({ clientId }) => events.push(clientId));
    await goLive();
    server.socket.say({ type: 'message', event: 'one', data: 1 });
    leave();
    server.socket.say({ type: 'message', event: 'two', data: 2 });
    expect(events).toEqual(['c1', 'one']);
  });

  test('a listener that fails costs the others nothing', async () => {
    await goLive();
    const a = recorder();
    connection.want('a', {}, a);
    await settle();
    connection.on('message', () => {
      throw new Error('mistake');
    });
    const item = { offset: 1, time: 0, data: 0 };
    server.socket.say(
      { type: 'message', event: 'x', data: 0 },
      { type: 'publication', channel: 'a', ...item },
    );
    expect(server.problems).toHaveLength(1);
    expect(a.offsets).toEqual([1]);
  });
});

describe('what screens see', () => {
  test('does not change with each message: 2,000 publications, no renewal', async () => {
    await goLive();
    connection.want('a', {}, recorder());
    await vi.advanceTimersByTimeAsync(2_000);
    let renewals = 0;
    connection.subscribe(() => {
      renewals += 1;
    });
    for (let n = 0; n < 2_000; n++) server.publish('a', n, server.socket);
    expect(renewals).toBe(0);
  });

  test('figures change at most once a second, states at once', async () => {
    await goLive();
    let renewals = 0;
    connection.subscribe(() => {
      renewals += 1;
    });
    server.answersPings = false;
    for (let tenth = 1; tenth <= 30; tenth++) {
      await vi.advanceTimersByTimeAsync(100);
      server.page?.online();
      const ping = server.socket.heardOf('ping').at(-1);
      await vi.advanceTimersByTimeAsync(tenth);
      server.socket.say({ type: 'pong', id: ping?.id, sentAt: ping?.sentAt, serverTime: Date.now() });
    }
    expect(renewals).toBeGreaterThan(0);
    expect(renewals).toBeLessThanOrEqual(4);
    const before = renewals;
    server.socket.end();
    expect(renewals).toBe(before + 1);
  });
});
