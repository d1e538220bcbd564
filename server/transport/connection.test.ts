import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { viewer } from '../test/recorder.ts';
import { createTestHub } from '../test/test-hub.ts';
import { Connection } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';

const SECOND = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection over a socket that nobody else holds. */
function setUp() {
  const { hub } = createTestHub();
  const heartbeat = new Heartbeat({ intervalMs: 600 * SECOND, timeoutMs: 600 * SECOND });
  const close = vi.fn<(code: number, reason: string) => void>();
  const ws = Object.assign(new EventEmitter(), { readyState: 1, close, terminate: vi.fn() });
  const socket = Object.assign(new EventEmitter(), {
    bytesRead: 0,
    writableLength: 0,
    cork() {},
    uncork() {},
    write: () => true,
  });
  const place = { claimUnauthenticated() {}, authenticated() {}, release() {} };
  new Connection(
    {
      ...{ hub, heartbeat },
      handlers: {},
      greet: async () => ({ inForce: [], messages: [] }),
      authenticateToken: async () => viewer,
      welcome: () => ({
        node: 'n',
        build: 'b',
        heartbeatMs: 25 * SECOND,
        limits: { messageBytes: 1_000, subscriptions: 256 },
        reconnect: { spreadMs: 0 },
      }),
      maxConnectionsPerAccount: 50,
      unfinished: { bytes: 0 },
      outboxMaxBytes: 1_000_000,
      log: pino({ enabled: false }),
      metrics: { closes: { inc() {} }, messagesReceived: { inc() {} } },
      clock: () => 0,
      now: () => 0,
    },
    ws as unknown as WebSocket,
    socket as unknown as Socket,
    { account: viewer, address: '192.0.2.1', place, fromPage: false },
  );
  const end = (): void => {
    heartbeat.close();
    hub.close();
  };
  const say = (message: unknown): void => void ws.emit('message', JSON.stringify(message), false);
  return { close, socket, say, end };
}

test.each([
  [10 * SECOND - 1, 0],
  [10 * SECOND, 1],
])('%i ms without a hello close %i times, with 4502', (silentMs, times) => {
  const { close, end } = setUp();
  vi.advanceTimersByTime(silentMs);
  expect(close).toHaveBeenCalledTimes(times);
  if (times > 0) expect(close).toHaveBeenCalledWith(4502, expect.any(String));
  end();
});

test('a hello in the last moment is in time', async () => {
  const { close, say, end } = setUp();
  await vi.advanceTimersByTimeAsync(10 * SECOND - 1);
  say({ type: 'hello', protocol: 1 });
  await vi.advanceTimersByTimeAsync(20 * SECOND);
  expect(close).not.toHaveBeenCalled();
  end();
});

test('[T71] a message that never ends is closed with 1008 after ten seconds', async () => {
  const { close, socket, say, end } = setUp();
  say({ type: 'hello', protocol: 1 });
  await vi.advanceTimersByTimeAsync(0);
  socket.emit('data', Buffer.from([0x81, 0xfe, 0x01, 0x00, 0, 0, 0, 0, 0x7b]));
  await vi.advanceTimersByTimeAsync(10 * SECOND - 1);
  expect(close).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(close).toHaveBeenCalledWith(1008, expect.stringContaining('ten seconds'));
  end();
});
