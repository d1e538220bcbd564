import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../test/start-server.ts';
import { TestClient } from '../test/test-client.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ MAX_MESSAGE_BYTES: '4096', ALLOWED_ORIGINS: 'https://wall.example.com' });
});
afterAll(() => server.stop());

/** The status of a refused upgrade. */
async function refused(connecting: Promise<unknown>): Promise<string> {
  const error = await connecting.then(
    () => new Error('it was accepted'),
    (cause: Error) => cause,
  );
  return error.message;
}

describe('the handshake', () => {
  test('[WHO-3] [T24] the page of another site is refused, and told why', async () => {
    const message = await refused(
      TestClient.connect(server.url, { key: server.adminKey, origin: 'http://evil.example' }),
    );
    expect(message).toMatch(/^HTTP 403 .*evil\.example.*ALLOWED_ORIGINS/);
  });

  test('[WHO-3] our own page and a listed one may connect', async () => {
    for (const origin of [server.url, 'https://wall.example.com']) {
      const client = await server.connect({ key: server.adminKey, origin });
      expect(client.last('welcome').account.role).toBe('admin');
      await client.close();
    }
  });

  test('a bad header gets 401 before the upgrade', async () => {
    expect(await refused(TestClient.connect(server.url, { key: 'nonsense' }))).toMatch(/^HTTP 401 /);
  });

  test('a cookie counts only with an allowed Origin; a dead one closes with 4500', async () => {
    const { cookie } = await server.signIn('handshake', 'viewer');
    const client = await server.connect({ cookie, origin: server.url });
    expect(client.last('welcome').account).toMatchObject({ name: 'handshake', role: 'viewer' });
    expect(await refused(TestClient.connect(server.url, { cookie }))).toMatch(/^HTTP 403 /);
    const dead = await server.connect({
      cookie: cookie.replace(/=.*/, '=0000000000000000000000000000000000000000000'),
      origin: server.url,
      hello: false,
    });
    expect(await dead.closed).toMatchObject({ code: 4500 });
  });

  test('[HLO-2] only unknown subprotocols: the first is echoed, then closed with 4501', async () => {
    const client = await server.connect({ protocols: ['v9.other', 'v8.other'], hello: false });
    expect(client.ws.protocol).toBe('v9.other');
    expect(await client.closed).toMatchObject({ code: 4501 });
    const none = await server.connect({ protocols: [] });
    expect(none.last('welcome').protocol).toBe(1);
  });
});

describe('hello', () => {
  test('welcome tells who one is and what holds', async () => {
    const client = await server.connect({ hello: { id: 'h', client: { kind: 'program', name: 'probe' } } });
    expect(client.messages[0]).toMatchObject({
      type: 'welcome',
      id: 'h',
      clientId: expect.stringMatching(/^c/),
      heartbeatMs: 25_000,
      limits: { messageBytes: 4_096, subscriptions: 256 },
      inForce: [],
    });
  });

  test('[HLO-1] messages in the same flight are handled in order after the welcome', async () => {
    const client = await TestClient.open(server.url, { key: server.adminKey });
    client.send(
      { type: 'hello', protocol: 1 },
      { type: 'ping', id: 1, sentAt: 5 },
      { type: 'subscribe', id: 2, channel: 'a' },
    );
    await client.next('subscribed');
    expect(client.messages.map(({ type }) => type)).toEqual(['welcome', 'pong', 'subscribed']);
    await client.close();
  });

  test.each([
    ['anything before hello', JSON.stringify({ type: 'ping', sentAt: 1 }), 4502],
    ['no JSON', 'hello?', 4502],
    ['a hello with an unknown field', JSON.stringify({ type: 'hello', protocol: 1, x: 1 }), 4502],
    ['another protocol', JSON.stringify({ type: 'hello', protocol: 2 }), 4501],
  ])('%s ends it', async (_what, text, code) => {
    const client = await TestClient.open(server.url, { key: server.adminKey });
    client.ws.send(text);
    expect(await client.closed).toMatchObject({ code });
  });

  test('a token in hello signs in, a bad one or none closes with 4500', async () => {
    const client = await TestClient.connect(server.url, { hello: { token: server.adminKey } });
    expect(client.last('welcome').account.role).toBe('admin');
    await client.close();
    for (const hello of [{ token: 'nonsense' }, {}]) {
      const stranger = await TestClient.open(server.url);
      stranger.send({ type: 'hello', protocol: 1, ...hello });
      expect(await stranger.closed).toMatchObject({ code: 4500 });
    }
  });

  test('groups and tags narrow what a connection stands for', async () => {
    await server.call('POST', '/groups', { name: 'Night shift' });
    await server.call('POST', '/groups', { name: 'Day shift' });
    const { cookie } = await server.signIn('grouped', 'viewer', ['night-shift', 'day-shift']);
    const client = await TestClient.connect(`${server.url}/ws?groups=night-shift,other&tags=hall-2`, {
      cookie,
      origin: server.url,
    });
    expect(client.last('welcome').account.groups).toEqual(['night-shift']);
    const { body } = await server.call('POST', '/send', {
      target: { tags: ['hall-2'] },
      event: 'x',
      data: 1,
    });
    expect(body).toEqual({ connections: 1 });
    await client.next('message');
    await client.close();
  });
});

describe('messages', () => {
  let signedIn: Promise<{ cookie: string }> | undefined;
  const viewer = async (): Promise<string> => {
    signedIn ??= server.signIn('viewer', 'viewer');
    return (await signedIn).cookie;
  };

  test.each([
    ['binary', (client: TestClient) => client.ws.send(Buffer.from('{}')), 1003],
    ['more than the limit', (client: TestClient) => client.ws.send('x'.repeat(5_000)), 1009],
    [
      'text that is not UTF-8',
      (client: TestClient) => client.ws.send(Buffer.from([0xc0, 0xaf]), { binary: false }),
      1007,
    ],
  ])('%s closes with the code of the RFC', async (_what, send, code) => {
    const client = await server.connect();
    send(client);
    expect(await client.closed).toMatchObject({ code });
  });

  test.each([
    ['no JSON', '{', 40001],
    ['a bare number', '7', 40001],
    ['an empty array', '[]', 40001],
    ['an unknown type', '{"type":"dance","id":1}', 40002],
    ['a bad channel name', '{"type":"subscribe","id":1,"channel":"a b"}', 40003],
    ['an unknown field', '{"type":"subscribe","id":1,"channel":"a","x":1}', 40001],
    ['a channel without a right', '{"type":"subscribe","id":1,"channel":"$hub"}', 40301],
    ['too deep', `{"type":"publish","id":1,"channel":"a","data":${'['.repeat(30)}${']'.repeat(30)}}`, 40001],
    ['a second hello', '{"type":"hello","protocol":1}', 40901],
  ])('%s is answered with an error, and the connection is kept', async (_what, text, code) => {
    const client = await server.connect({ cookie: await viewer(), origin: server.url });
    client.ws.send(text);
    expect(await client.next('error')).toMatchObject({ code });
    expect(await client.request({ type: 'ping', sentAt: 1 })).toMatchObject({ type: 'pong' });
  });

  test('more than twenty mistakes in a minute end it', async () => {
    const client = await server.connect();
    for (let count = 0; count < 21; count += 1) client.send({ type: 'dance' });
    expect(await client.closed).toMatchObject({ code: 1008 });
    expect(client.all('error')).toHaveLength(21);
  });

  test('[HLO-1] over 256 subscriptions: an error, then 4505 after twenty of those', async () => {
    const client = await server.connect();
    const subscribe = (from: number, to: number) =>
      client.send(
        ...Array.from({ length: to - from + 1 }, (_, n) => ({
          type: 'subscribe',
          id: n,
          channel: `s${from + n}`,
        })),
      );
    for (let at = 1; at <= 256; at += 64) subscribe(at, at + 63);
    await client.until(() => client.all('subscribed').length === 256);
    subscribe(301, 319);
    await client.until(() => client.all('error').length === 19);
    expect(client.last('error').code).toBe(42902);
    subscribe(401, 401);
    expect(await client.closed).toMatchObject({ code: 4505 });
  });

  test('too many frames close with 4429, which lets the client come back', async () => {
    const client = await server.connect({ cookie: await viewer(), origin: server.url });
    for (let count = 0; count < 100; count += 1) client.send({ type: 'ping', sentAt: 1 });
    expect(await client.closed).toMatchObject({ code: 4429 });
  });

  test('view, ping and refresh are answered', async () => {
    const client = await server.connect();
    expect(await client.request({ type: 'view' })).toMatchObject({ type: 'ok' });
    expect(await client.request({ type: 'ping', sentAt: 42 })).toMatchObject({ type: 'pong', sentAt: 42 });
    expect(await client.request({ type: 'refresh', token: server.adminKey })).toMatchObject({ type: 'ok' });
    expect(await client.request({ type: 'refresh', token: 'other' })).toMatchObject({ code: 40101 });
  });

  test('[ORD-1] what is published arrives, history included', async () => {
    await server.publish('pumps.north', 1, 2, 3);
    const client = await server.connect();
    const subscribed = await client.subscribe('pumps.north', { history: { limit: 2 } });
    expect(subscribed).toMatchObject({ offset: 3, publications: [{ data: 2 }, { data: 3 }] });
    await server.publish('pumps.north', 4);
    expect(await client.next('publication')).toMatchObject({ channel: 'pumps.north', offset: 4, data: 4 });
  });
});
