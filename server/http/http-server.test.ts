import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RawSocket } from '../test/raw-socket.ts';
import { createHttpServer } from './http-server.ts';

/** A twentieth of the ordinary times. */
const PATIENCE = {
  headersTimeout: 500,
  requestTimeout: 1_500,
  connectionsCheckingInterval: 250,
  keepAliveTimeout: 500,
};
/** Ten times the longest of them: on a busy machine it only has to happen at all. */
const CEILING_MS = 10 * (PATIENCE.requestTimeout + PATIENCE.connectionsCheckingInterval);

let server: Server;
let url: string;

beforeAll(async () => {
  const app = express();
  app.post('/', express.raw({ type: () => true }), (_req, res) => void res.send('taken'));
  app.get('/', (_req, res) => void res.send('here'));
  server = createHttpServer(app, { behindProxy: false, patience: PATIENCE });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

test('the ordinary times and sizes are those that are promised', () => {
  const direct = createHttpServer(express(), { behindProxy: false });
  expect(direct).toMatchObject({
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 5_000,
    keepAliveTimeout: 10_000,
    maxHeaderSize: 16 * 1024,
    maxHeadersCount: 100,
    timeout: 30_000,
  });
  expect(createHttpServer(express(), { behindProxy: true }).keepAliveTimeout).toBe(65_000);
});

/** Opens sockets that send a byte now and then after a beginning, until the server closes them. */
async function trickle(count: number, beginning: string): Promise<{ answers: string[]; tookMs: number }> {
  const startedAt = performance.now();
  const sockets = await Promise.all(Array.from({ length: count }, () => RawSocket.open(url)));
  for (const one of sockets) one.write(beginning);
  const drip = setInterval(() => {
    for (const one of sockets) one.write('x');
  }, 100);
  try {
    const answers = await Promise.all(sockets.map(({ closed }) => closed));
    return { answers, tookMs: performance.now() - startedAt };
  } finally {
    clearInterval(drip);
  }
}

function expectTimeout(answer: string): void {
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    error: { code: 40801, retry: true },
  });
}

test('[T89] headers that trickle are cut off with 40801, however many, and real requests are answered meanwhile', async () => {
  const slow = trickle(200, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  expect(await (await fetch(url)).text()).toBe('here');
  const { answers, tookMs } = await slow;
  expect(answers).toHaveLength(200);
  for (const answer of answers) expectTimeout(answer);
  expect(tookMs).toBeLessThan(CEILING_MS);
});

test('[T90] a body that trickles is cut off with 40801', async () => {
  const { answers, tookMs } = await trickle(
    50,
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n',
  );
  for (const answer of answers) expectTimeout(answer);
  // The headers came in time: it had the longer patience.
  expect(tookMs).toBeGreaterThan(PATIENCE.requestTimeout - 10);
  expect(tookMs).toBeLessThan(CEILING_MS);
});

test('[T91] who says nothing at all, or nothing more, is cut off; who talks TLS here is refused', async () => {
  const startedAt = performance.now();
  const silent = await RawSocket.open(url);
  const idle = await RawSocket.open(url);
  idle.request('GET /', {});
  const tls = await RawSocket.open(url);
  tls.write(Buffer.from([0x16, 0x03, 0x01, 0x00, 0x10, 0x01]));
  expect(await tls.closed).toMatch(/^HTTP\/1\.1 400 /);
  expectTimeout(await silent.closed);
  expect(await idle.closed).toMatch(/^HTTP\/1\.1 200 [\s\S]*here$/);
  expect(performance.now() - startedAt).toBeLessThan(CEILING_MS);
});

test('address, names and values of the headers are less than 16 KiB together', async () => {
  const ask = async (bytes: number): Promise<string> => {
    const raw = await RawSocket.open(url);
    const beside = '/HostlocalhostConnectioncloseX-Pad'.length;
    raw.request('GET /', { Connection: 'close', 'X-Pad': 'x'.repeat(bytes - beside) });
    return (await raw.closed).slice(9, 12);
  };
  const limit = 16 * 1024;
  expect([await ask(limit - 1), await ask(limit), await ask(limit + 1)]).toEqual(['200', '431', '431']);
});
