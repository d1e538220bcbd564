import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection } from './connection.ts';
import { FakeServer, settle } from './fake-server.ts';

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
