import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { EventReader } from '../test/event-reader.ts';
import { viewer } from '../test/recorder.ts';
import { createTestHub } from '../test/test-hub.ts';
import { Admission } from './admission.ts';
import { EventStreams, type EventStreamsParts } from './event-streams.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Event streams over a hub in memory, behind an HTTP server that answers every request with one. */
async function setUp(parts: Partial<EventStreamsParts> = {}) {
  const { hub, publish } = createTestHub();
  const admission = new Admission({
    ...{ maxConnections: 2, maxConnectionsPerAddress: 100, maxHandshakesPerSecond: 100 },
    now: () => 0,
  });
  const streams = new EventStreams({
    ...{ hub, admission, outboxMaxBytes: 1_048_576, maxConnectionsPerAccount: 50 },
    greet: async () => ({ inForce: [], messages: [] }),
    welcome: () => ({
      node: 'n',
      build: 'b',
      heartbeatMs: 25_000,
      limits: { messageBytes: 1, subscriptions: 1 },
      reconnect: { spreadMs: 0 },
    }),
    addressOf: () => '127.0.0.1',
    draining: () => false,
    spreadMs: () => 0,
    log: pino({ level: 'silent' }),
    clock: () => 0,
    ...parts,
  });
  const answers: ServerResponse[] = [];
  const server = createServer((req, res) => {
    answers.push(res);
    try {
      streams.open(req, res, viewer, { channels: ['a'] });
    } catch (error) {
      res.writeHead(error instanceof AppError ? error.status : 500).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    streams.close();
    hub.close();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { hub, publish, streams, answers, server, open: () => EventReader.open(url) };
}

const refusal = (opening: Promise<EventReader>): Promise<string> =>
  opening.then(
    () => 'it was accepted',
    (error: Error) => error.message.trim(),
  );

test('a comment comes again and again while nothing else does', async () => {
  const { open } = await setUp({ eventHeartbeatMs: 30 });
  const reader = await open();
  await reader.next('subscribed');
  await reader.until(() => reader.parser.comments >= 10);
  expect(reader.events.map(({ event }) => event)).toEqual(['welcome', 'subscribed']);
});

test('the patience of the HTTP server with silent sockets does not end a stream', async () => {
  const { open, server, publish } = await setUp({ eventHeartbeatMs: 60_000 });
  server.setTimeout(50);
  const reader = await open();
  await reader.next('subscribed');
  // Three times as long as the server would wait.
  await new Promise((resolve) => setTimeout(resolve, 150));
  publish('a', 1);
  await reader.next('publication');
});

test('[T85] the last words of a stream have a second to leave, then its socket is destroyed', async () => {
  const { hub, open, publish, answers } = await setUp();
  const reader = await open();
  await reader.next('subscribed');
  reader.pause();
  const [answer] = answers;
  const [client] = hub.clients();
  while (client!.hasRoom) {
    publish('a', 'x'.repeat(100_000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const gone = once(answer!, 'close');
  client!.close('slow');
  expect(hub.size).toBe(0);
  await gone;
  expect(answer!.req.socket.destroyed).toBe(true);
});

test('[SLOW-1] what piles up although nobody reads it ends the stream', async () => {
  const { hub, open } = await setUp({ outboxMaxBytes: 16_384 });
  const reader = await open();
  await reader.next('subscribed');
  reader.pause();
  const data = 'x'.repeat(500_000);
  for (let sent = 0; sent < 100 && hub.size > 0; sent += 1) {
    hub.send({ everyone: true }, { type: 'message', event: 'fire', data });
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(hub.size).toBe(0);
});

test('streams have the places of all connections, and give them back', async () => {
  const { open, streams } = await setUp();
  const [first] = [await open(), await open()];
  expect(await refusal(open())).toBe('HTTP 503');
  await first!.cut();
  await expect.poll(() => streams.size).toBe(1);
  expect(await refusal(open())).toBe('it was accepted');
});

test('none is taken while the server leaves, or beyond what a person may have', async () => {
  expect(await refusal((await setUp({ draining: () => true })).open())).toBe('HTTP 503');
  const { open } = await setUp({ maxConnectionsPerAccount: 1 });
  await open();
  expect(await refusal(open())).toBe('HTTP 429');
});

test('the time to come back lies within the spread of all reconnects, also when that changes', async () => {
  let spreadMs = 0;
  const { open, streams } = await setUp({ spreadMs: () => spreadMs });
  const reader = await open();
  await reader.next('subscribed');
  expect(reader.parser.retryMs).toBe(1_000);
  const told = new Set<number | undefined>();
  spreadMs = 4_000;
  while (told.size < 3) {
    reader.parser.retryMs = undefined;
    streams.spreadAnew();
    await reader.until(() => reader.parser.retryMs !== undefined);
    told.add(reader.parser.retryMs);
  }
  expect(Math.min(...[...told].map(Number))).toBeGreaterThanOrEqual(1_000);
  expect(Math.max(...[...told].map(Number))).toBeLessThanOrEqual(5_000);
});

test('a greeting that fails ends the stream with a code that says so', async () => {
  const { open, streams } = await setUp({ greet: () => Promise.reject(new Error('the disk')) });
  const reader = await open();
  expect((await reader.next('close')).data).toMatchObject({ code: 4403 });
  expect(await reader.ended).toBe('properly');
  await expect.poll(() => streams.size).toBe(0);
});

test('[DRN-2] a server that closes waits for no socket of a stream that was sent away', async () => {
  const { open, streams, server } = await setUp();
  server.keepAliveTimeout = 600_000;
  const reader = await open();
  await reader.next('subscribed');
  const closed = once(server, 'close');
  server.close();
  for (const stream of streams.all()) stream.drain(1_234, 'The server restarts.');
  expect(await reader.ended).toBe('properly');
  expect(reader.events.at(-1)).toMatchObject({ event: 'reconnect', data: { inMs: 1_234 } });
  expect(reader.parser.retryMs).toBe(1_234);
  await closed;
});
