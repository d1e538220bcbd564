import { afterEach, expect, test, vi } from 'vitest';
import type { ConnectionsReply } from '../../shared/api/connections.ts';
import { startServer, type TestServer } from '../test/start-server.ts';
import { TestClient } from '../test/test-client.ts';

let server: TestServer | undefined;

async function start(env: Record<string, string>): Promise<TestServer> {
  server = await startServer(env);
  return server;
}

/** Timers stand still until they are moved, and run again after the test. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

afterEach(async () => {
  vi.useRealTimers();
  await server?.stop();
  server = undefined;
});

/** What a proxy on this machine says of where a request comes from. */
const via = (...addresses: string[]) => ({ headers: { 'x-forwarded-for': addresses.join(', ') } });

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
  const [one] = [await connect(), await connect()];
  expect(await refusal(connect())).toMatchObject({ status: 429, retryAfter: '5' });
  await connect(via('198.51.100.7'));
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

test('[T22] a socket that never says who it is, or half of it, is closed after ten seconds with 4502', async () => {
  holdTime();
  const { url, adminKey } = await start({});
  const silent = await Promise.all(Array.from({ length: 20 }, () => TestClient.open(url)));
  const withKey = await TestClient.open(url, { key: adminKey });
  // A frame on its way is no hello, and a ping is none either.
  for (const { ws } of silent) {
    ws.send('{"type":', { fin: false });
    ws.ping();
    await new Promise((resolve) => ws.once('pong', resolve));
  }
  vi.advanceTimersByTime(9_999);
  for (const { ws } of [...silent, withKey]) expect(ws.readyState).toBe(ws.OPEN);
  vi.advanceTimersByTime(1);
  const ends = await Promise.all([...silent, withKey].map(({ closed }) => closed));
  expect(ends.map(({ code }) => code)).toEqual(Array(21).fill(4502));
});

test('[T22] a thousand strangers, at most 200 from one address, keep nobody out who has signed in', async () => {
  holdTime(); // so that none of them is closed meanwhile for its silence, however slow the machine
  const { url, connect } = await start({ TRUST_PROXY: 'loopback' });
  const strangers: TestClient[] = [];
  for (let host = 1; host <= 5; host += 1) {
    const same = Array.from({ length: 200 }, () => TestClient.open(url, via(`198.51.100.${host}`)));
    strangers.push(...(await Promise.all(same)));
  }
  expect(await refusal(TestClient.open(url, via('198.51.100.1')))).toMatchObject({ status: 429 });
  await Promise.all([connect(via('198.51.100.1')), connect(via('203.0.113.9')), connect()]);
  for (const { ws } of strangers) ws.terminate();
}, 60_000);

test('[T33] behind a proxy only the viewer who abuses is limited; the other ninety-nine are not', async () => {
  const { connect, call, signIn, url } = await start({
    TRUST_PROXY: 'loopback',
    MAX_CONNECTIONS_PER_ADDRESS: '5',
  });
  await signIn('ada', 'viewer');
  const address = (at: number) => `203.0.113.${at}`;
  const everybody = Array.from({ length: 100 }, (_, at) => address(at + 1));
  await Promise.all(everybody.map((one) => connect(via(one))));
  const abuser = address(1);
  await Promise.all(Array.from({ length: 4 }, () => connect(via(abuser))));
  // What the abuser writes into the header itself stands before what the proxy adds.
  for (const claimed of [[], [address(2)], ['not an address']]) {
    expect(await refusal(connect(via(...claimed, abuser)))).toMatchObject({ status: 429, retryAfter: '5' });
  }
  await Promise.all(everybody.slice(1).map((one) => connect(via(one))));

  const { body } = await call<ConnectionsReply>('GET', '/connections?limit=1000');
  const counts = everybody.map((one) => body.connections.filter((is) => is.address === one).length);
  expect(counts).toEqual([5, ...Array(99).fill(2)]);

  // HTTP goes by the same address: guesses of one viewer hold up no other.
  const guess = async (from: string): Promise<number> => {
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...via(from).headers },
      body: '{"login":"ada","password":"not this one, surely"}',
    });
    return response.status;
  };
  const guesses: number[] = [];
  for (let count = 0; count < 6; count += 1) guesses.push(await guess(abuser));
  expect(guesses).toEqual([401, 401, 401, 401, 401, 429]);
  expect(await guess(address(2))).toBe(401);
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
