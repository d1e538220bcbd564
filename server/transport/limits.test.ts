import { afterEach, expect, test } from 'vitest';
import { startServer, type TestServer } from '../test/start-server.ts';
import { TestClient } from '../test/test-client.ts';

let server: TestServer | undefined;

async function start(env: Record<string, string>): Promise<TestServer> {
  server = await startServer(env);
  return server;
}

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function refusal(connecting: Promise<unknown>): Promise<{ status: number; retryAfter: string }> {
  const cause = await connecting.then(
    () => undefined,
    (error: Error & { response?: { statusCode: number; headers: Record<string, string> } }) => error,
  );
  if (!cause?.response) throw cause ?? new Error('it was accepted');
  const { statusCode, headers } = cause.response;
  return { status: statusCode, retryAfter: headers['retry-after'] ?? '' };
}

test('a full server refuses with 503 before the upgrade, and takes the next when one has left', async () => {
  const { connect } = await start({ MAX_CONNECTIONS: '2' });
  const [one] = [await connect(), await connect()];
  expect(await refusal(connect())).toEqual({ status: 503, retryAfter: '5' });
  await one.close();
  await expect
    .poll(() =>
      connect().then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
});

test('an address that has its share gets 429; those who vanish give their place back', async () => {
  const { connect } = await start({ MAX_CONNECTIONS_PER_ADDRESS: '2', TRUST_PROXY: 'loopback' });
  const elsewhere = { headers: { 'x-forwarded-for': '198.51.100.7' } };
  const [one] = [await connect(), await connect()];
  expect(await refusal(connect())).toMatchObject({ status: 429, retryAfter: '5' });
  await connect(elsewhere);
  one.ws.terminate();
  // The address may also have used up its handshakes: those come back with time.
  await expect
    .poll(
      () =>
        connect().then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
});

test('handshakes that come too fast are refused before any work is done for them', async () => {
  const { connect } = await start({ MAX_HANDSHAKES_PER_SECOND: '2' });
  for (let count = 0; count < 4; count += 1) await connect();
  expect(await refusal(connect())).toEqual({ status: 503, retryAfter: '1' });
});

test('one address holds at most 200 sockets that have not said who they are', async () => {
  const { url, connect } = await start({});
  const strangers = [];
  for (let count = 0; count < 200; count += 1) strangers.push(await TestClient.open(url));
  expect(await refusal(TestClient.open(url))).toMatchObject({ status: 429 });
  await connect();
  for (const stranger of strangers) stranger.ws.terminate();
});

test('a person has so many connections and no more; a key has not that limit', async () => {
  const { url, connect, signIn } = await start({ MAX_CONNECTIONS_PER_ACCOUNT: '2' });
  const { cookie } = await signIn('ada', 'viewer');
  const page = { cookie, origin: url };
  await connect(page);
  await connect(page);
  const third = await connect({ ...page, hello: false });
  third.send({ type: 'hello', protocol: 1 });
  expect(await third.closed).toMatchObject({ code: 4504, reason: expect.stringContaining('2 connections') });
  for (let count = 0; count < 3; count += 1) await connect();
});

test('[DRN-1] [DRN-2] a stop sends each client away with a slot of its own, then closes with 4400', async () => {
  const { app, connect, url } = await start({});
  const clients = await Promise.all(Array.from({ length: 5 }, () => connect()));
  const stopped = app.stop(false);
  const ends = await Promise.all(clients.map(({ closed }) => closed));
  expect(ends.map(({ code }) => code)).toEqual([4400, 4400, 4400, 4400, 4400]);
  const slots = clients.map((client) => client.last('reconnect').inMs);
  expect(new Set(slots).size).toBe(5);
  await stopped;
  await expect(TestClient.connect(url)).rejects.toThrow();
});
