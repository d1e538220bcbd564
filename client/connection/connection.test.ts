import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Connection } from './connection.ts';
import { FakeServer, settle } from './fake-server.ts';
import { recorder } from './recorder.ts';
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

  test('[T96] a proxy that accepts and closes is met less and less often', async () => {
    server.random = 0.999;
    connection.start();
    await settle();
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      expect(connection.state.state).toBe('live');
      await vi.advanceTimersByTimeAsync(1_000);
      server.socket.end();
      const { retryAt = 0 } = connection.state;
      waits.push(Math.round((retryAt - Date.now()) / 100) / 10);
      await vi.advanceTimersByTimeAsync(Math.ceil(retryAt - Date.now()));
      await settle();
    }
    expect(waits).toEqual([0.3, 1, 2, 4, 8, 16]);
  });

  test('[T95] a server that is busy is left alone for as long as it asks', async () => {
    server.automatic = false;
    server.finding = { kind: 'busy', retryAfterMs: 30_000 };
    connection.start();
    server.socket.end();
    await settle();
    server.page?.online();
    server.page?.visible();
    await vi.advanceTimersByTimeAsync(29_900);
    expect(server.sockets).toHaveLength(1);
    expect(connection.state.cause).toBe('The server is busy.');
    await vi.advanceTimersByTimeAsync(100);
    expect(server.sockets).toHaveLength(2);
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

  test('[SLOW-1] says that values are thinned, how much, and when that is over', async () => {
    await goLive();
    connection.want('a', {}, recorder());
    await settle();
    const gap = { type: 'gap', channel: 'a', epoch: 'e1', reason: 'thinned' };
    const data = { type: 'publication', channel: 'a', time: 0, data: 0 };
    for (let n = 0; n < 5; n++) {
      const from = n * 10 + 1;
      server.socket.say({ ...gap, from, to: from + 8 }, { ...data, offset: from + 9 });
      await vi.advanceTimersByTimeAsync(2_000);
    }
    expect(connection.state).toMatchObject({ state: 'degraded', every: 10 });
    expect(connection.state.cause).toMatch(/values are thinned/);
    await vi.advanceTimersByTimeAsync(14_000);
    expect(connection.state.state).toBe('live');
    expect(connection.state).not.toHaveProperty('every');
    expect(connection.state).not.toHaveProperty('cause');
  });

  test('[P28] a source that should have spoken makes it ask; heard a moment ago, it does not', async () => {
    await goLive();
    connection.doubt();
    expect(server.socket.heardOf('ping')).toHaveLength(1);
    server.answersPings = false;
    await vi.advanceTimersByTimeAsync(5_000);
    connection.doubt();
    connection.doubt();
    expect(server.socket.heardOf('ping')).toHaveLength(2);
    const heardAt = Date.now() - 5_000;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.state).toMatchObject({ state: 'offline', lostAt: heardAt });
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

describe('a receipt of a page that was offline', () => {
  const done = { type: 'receipt', announcement: 'a1', revision: 1, state: 'acknowledged' } as const;

  /** Clicks while the line is down, then loads the page anew. */
  async function reloadOffline(): Promise<Connection> {
    await goLive();
    server.automatic = false;
    server.socket.end();
    connection.intent(done);
    const next = new Connection(server.environment);
    server.automatic = true;
    return next;
  }

  test('survives a reload, is known before any announcement comes, and goes out once', async () => {
    const next = await reloadOffline();
    const known: number[] = [];
    next.on('welcome', () => known.push(next.waitingReceipts.length));
    next.start();
    await settle();
    expect(known).toEqual([1]);
    expect(server.socket.heardOf('receipt')).toMatchObject([done]);
    expect(next.waitingReceipts).toEqual([]);
    expect(server.memory).toBeNull();
    next.stop();
  });

  test('is not sent for another person', async () => {
    const next = await reloadOffline();
    server.accountId = 'p2';
    next.start();
    await settle();
    expect(server.socket.heardOf('receipt')).toEqual([]);
    next.stop();
  });

  test('is wiped at sign-out', async () => {
    await reloadOffline();
    expect(server.memory).toContain('a1');
    connection.stop();
    expect(server.memory).toBeNull();
  });

  test('of one who signed out in another tab is not sent for who signed in after', async () => {
    await goLive();
    server.automatic = false;
    server.socket.end();
    connection.intent(done);
    server.automatic = true;
    server.accountId = 'p2';
    await vi.advanceTimersByTimeAsync(5_000);
    connection.reconnectNow();
    await settle();
    expect(connection.state.state).toBe('live');
    expect(server.socket.heardOf('receipt')).toEqual([]);
  });
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
