import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { FaultProxy } from '../../../e2e/load/faults/fault-proxy.ts';
import { startServer, type TestServer } from '../start-server.ts';
import { TestClient } from '../test-client.ts';

let server: TestServer;
let proxy: FaultProxy | undefined;
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  await server.stop();
});

/** Not data that gives way, but messages that wait whatever the line is like. */
const MESSAGE = 'x'.repeat(60_000);

/** @returns whether the connection was still there to send it to */
async function send({ clientId }: TestClient): Promise<boolean> {
  const message = { target: { connections: [clientId] }, event: 'fill', data: MESSAGE };
  const { status, body } = await server.call<{ connections: number }>('POST', '/send', message);
  expect(status).toBe(200);
  return body.connections === 1;
}

test('[T84] [REC-7] a reader at a twentieth of the speed of a conflated channel keeps up with every key', async () => {
  const KEYS = 20;
  const RATE = 500;
  const SECONDS = 6;
  /** The goal is a second; a busy machine may hold everything up. */
  const STARVED_MS = 10_000;
  server = await startServer({ OUTBOX_MAX_BYTES: '16384' });
  await server.call('PATCH', '/channels/state', { conflateBy: '/node' });
  proxy = await FaultProxy.listen(Number(new URL(server.url).port));
  const reader = await TestClient.connect(`ws://127.0.0.1:${proxy.port}`, { key: server.adminKey });
  await reader.subscribe('state');
  // About 200 bytes each: the channel carries 100,000 bytes a second.
  for (const line of proxy.lines) line.down.set({ bytesPerSecond: (200 * RATE) / 20 });

  const total = RATE * SECONDS;
  const heard = new Map<number, { n: number; at: number }>();
  let longestMs = 0;
  let older = 0;
  let got = 0;
  reader.ws.on('message', (text) => {
    for (const { type, data } of [JSON.parse(text.toString())].flat()) {
      if (type !== 'publication') continue;
      const before = heard.get(data.node);
      const at = performance.now();
      if (before && data.n < before.n) older += 1;
      if (before) longestMs = Math.max(longestMs, at - before.at);
      heard.set(data.node, { n: data.n, at });
      got += 1;
    }
  });
  const from = performance.now();
  for (let n = 1; n <= total; n += 25) {
    await sleep(Math.max(0, from + ((n - 1) * 1_000) / RATE - performance.now()));
    const updates = Array.from({ length: 25 }, (_, at) => n + at);
    await server.publish(
      'state',
      ...updates.map((one) => ({ node: one % KEYS, n: one, pad: 'x'.repeat(100) })),
    );
  }
  await reader.next('publication', ({ offset }) => offset === total);

  expect(older).toBe(0);
  expect([...heard.values()].map(({ n }) => n).sort((a, b) => a - b)).toEqual(
    Array.from({ length: KEYS }, (_, at) => total - KEYS + 1 + at),
  );
  expect(got).toBeLessThan(total / 2);
  expect(longestMs).toBeLessThan(STARVED_MS);
  let position = 0;
  for (const message of reader.messages) {
    if (message.type === 'gap') {
      expect([message.from, message.reason]).toEqual([position + 1, 'thinned']);
      position = message.to;
    } else if (message.type === 'publication') {
      expect(message.offset).toBe(position + 1);
      position = message.offset;
    }
  }
});

test('[T86] a reader that is closed as slow and comes back at once, over and over, is told to wait', async () => {
  const RETURNS = 20;
  server = await startServer({ OUTBOX_MAX_BYTES: '16384', MAX_CONNECTIONS_PER_ADDRESS: '10' });
  const reader = await server.connect();
  reader.ws.pause();
  while (await send(reader));
  reader.ws.resume();
  expect((await reader.closed).code).toBe(4401);

  const waits: string[] = [];
  for (let count = 0; count < RETURNS; count += 1) {
    const back = await server.connect().catch((refused: Error & { response: IncomingMessage }) => refused);
    if (back instanceof TestClient) back.ws.terminate();
    else waits.push(`${back.response.statusCode} ${back.response.headers['retry-after']}`);
  }
  expect(waits.length).toBeGreaterThan(0);
  expect([...new Set(waits)]).toEqual(['429 1']);
});

test('[T88] what waited for slow readers is freed when their sockets are cut', async () => {
  const READERS = 2;
  const WAITING_MIN_BYTES = 8 * 1024 * 1024;
  const AT_ONCE = 20;
  const LEFT_MAX_BYTES = 5 * 1024 * 1024;
  // Rare pings: it is the test that ends these connections, and nothing else.
  server = await startServer({ HEARTBEAT_MS: '600000' });
  const readers = await Promise.all(Array.from({ length: READERS }, () => server.connect()));
  for (const { ws } of readers) ws.pause();
  const collectGarbage = exposeGarbageCollector();
  const heldBytes = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = heldBytes();
  while (heldBytes() < before + WAITING_MIN_BYTES) {
    const sent = readers.flatMap((reader) => Array.from({ length: AT_ONCE }, () => send(reader)));
    expect(await Promise.all(sent)).not.toContain(false);
  }
  for (const { clientId } of readers) {
    expect((await server.call('DELETE', `/connections/${clientId}`, { reason: 'Away.' })).status).toBe(204);
  }
  await expect.poll(heldBytes, { timeout: 15_000, interval: 250 }).toBeLessThan(before + LEFT_MAX_BYTES);
});

function exposeGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
