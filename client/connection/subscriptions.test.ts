import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connection } from './connection.ts';
import { FakeServer, settle } from './fake-server.ts';
import { recorder } from './recorder.ts';
import { worthRecovering } from './subscriptions.ts';

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
  expect(server.socket.heard.slice(-2).map((message) => message.type)).toEqual(['unsubscribe', 'subscribe']);
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

test('[REC-5] after an absence longer than the window it asks for the window, and names what lies between', async () => {
  const a = recorder();
  connection.want('a', { ms: 60_000, limit: 5 }, a);
  await goLive();
  for (let n = 0; n < 3; n++) server.publish('a', n, server.socket);
  server.page?.away();
  await vi.advanceTimersByTimeAsync(61_000);
  for (let n = 3; n < 40; n++) server.publish('a', n);
  server.page?.visible();
  await settle();
  expect(server.socket.heardOf('subscribe')[0]).not.toHaveProperty('since');
  expect(a.told).toEqual(['anew', 'lost', 'torn', 'gap 4-35']);
  expect(a.offsets).toEqual([1, 2, 3, 36, 37, 38, 39, 40]);
  server.publish('a', 40, server.socket);
  expect(a.offsets.at(-1)).toBe(41);
  expect(server.problems).toEqual([]);
});

test('a window that reaches back over the absence brings all that was missed, once', async () => {
  const a = recorder();
  connection.want('a', { ms: 60_000, limit: 50 }, a);
  await goLive();
  for (let n = 0; n < 3; n++) server.publish('a', n, server.socket);
  server.page?.away();
  await vi.advanceTimersByTimeAsync(61_000);
  for (let n = 3; n < 10; n++) server.publish('a', n);
  server.page?.visible();
  await settle();
  expect(a.told).toEqual(['anew', 'lost', 'continued']);
  expect(a.answers[1]?.missed).toBe(7);
  expect(a.offsets).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test.each([
  [{ ms: 60_000 }, 59_000, true],
  [{ ms: 60_000 }, 60_000, false],
  [{ ms: 3_600_000, points: 720 }, 140_000, true],
  [{ ms: 3_600_000, points: 720 }, 200_000, false],
  [{ limit: 200 }, 86_400_000, true],
])('%j after %i ms: recovered in full is %s', (history, missedMs, worth) => {
  expect(worthRecovering(history, missedMs)).toBe(worth);
});
