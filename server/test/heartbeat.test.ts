import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from './start-server.ts';

const HEARTBEAT_MS = 200;

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ HEARTBEAT_MS: String(HEARTBEAT_MS) });
});
afterAll(() => server.stop());

test('[HB-1] a client that vanishes without a word is unregistered within the heartbeat', async () => {
  const { connect, call } = server;
  const watcher = await connect();
  const silent = await connect();
  // It reads nothing any more and answers nothing, and its socket stays open: as if the cable were cut.
  silent.ws.pause();
  const cutAt = Date.now();
  await expect
    .poll(async () => (await call<{ matching: number }>('GET', '/connections')).body.matching, {
      timeout: 15_000,
      interval: 100,
    })
    .toBe(1);
  expect(Date.now() - cutAt).toBeLessThan(HEARTBEAT_MS + 10_000 + 1_500);
  expect(watcher.ws.readyState).toBe(watcher.ws.OPEN);
});
