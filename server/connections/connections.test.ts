import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionsReply } from '../../shared/api/connections.ts';
import { startServer, type TestServer } from '../test/start-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const list = async (query = ''): Promise<ConnectionsReply> =>
  (await server.call<ConnectionsReply>('GET', `/connections${query}`)).body;

test('the list shows who is connected, with what, from where, and what they show', async () => {
  const { id, cookie } = await server.signIn('ada', 'operator');
  const board = (await server.call<{ id: string }>('POST', '/boards', { name: 'Mill', tiles: [] })).body.id;
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36';
  const page = await server.connect({
    cookie,
    origin: server.url,
    headers: { 'user-agent': userAgent },
    hello: { client: { kind: 'browser', build: 'b7' }, tags: ['hall-2'] },
  });
  await page.request({ type: 'view', board, editing: true });
  await page.subscribe('pumps.north');
  const { connections } = await list('?q=ada');
  expect(connections).toHaveLength(1);
  expect(connections[0]).toMatchObject({
    id: page.clientId,
    person: { id, name: 'ada' },
    role: 'operator',
    kind: 'browser',
    device: 'Chrome 141, Linux',
    address: '127.0.0.1',
    board,
    editing: true,
    tags: ['hall-2'],
    channels: 1,
    slow: false,
    outboxBytes: 0,
    build: 'b7',
  });
  await page.close();
});

test('it is filtered, sorted, counted and paged', async () => {
  const clients = [];
  for (const name of ['one', 'two', 'three', 'four', 'five']) {
    const kind = name === 'two' ? 'wall' : 'program';
    clients.push(await server.connect({ hello: { client: { kind, name } } }));
  }
  const all = await list();
  expect(all).toMatchObject({
    matching: 5,
    totals: { people: 0, browsers: 0, walls: 1, programs: 4, slow: 0 },
    outboxMaxBytes: 1_048_576,
  });
  expect((await list('?kind=wall')).connections.map(({ device }) => device)).toEqual(['two']);
  expect((await list('?q=THREE')).matching).toBe(1);
  const first = await list('?limit=2');
  const second = await list(`?limit=2&after=${first.next}`);
  await clients[4]!.close();
  const third = await list(`?limit=2&after=${second.next}`);
  const seen = [first, second, third].flatMap(({ connections }) => connections.map(({ device }) => device));
  expect([...seen].sort()).toEqual(['five', 'four', 'one', 'three', 'two']);
  expect(third.next).toBeUndefined();
  await Promise.all(clients.map((client) => client.close()));
});

test('an admin disconnects with a reason, which the person is told', async () => {
  for (const inAddress of [false, true]) {
    const client = await server.connect();
    const path = `/connections/${client.clientId}`;
    const { status } = inAddress
      ? await server.call('DELETE', `${path}?reason=Lunch`)
      : await server.call('DELETE', path, { reason: 'Lunch' });
    expect(status).toBe(204);
    expect(await client.closed).toEqual({ code: 4503, reason: 'Lunch' });
    expect((await server.call('DELETE', path, { reason: 'Again' })).status).toBe(404);
  }
  expect((await server.call('DELETE', '/connections/x')).status).toBe(400);
});

test('[SND-1] a transient message reaches persons by id or sign-in name, groups, tags and connections', async () => {
  await server.call('POST', '/groups', { name: 'Crew' });
  const { id, cookie } = await server.signIn('bea', 'viewer', ['crew']);
  const [page, other] = [await server.connect({ cookie, origin: server.url }), await server.connect()];
  const targets = [
    { people: [id] },
    { people: ['bea'] },
    { groups: ['crew'] },
    { connections: [page.clientId] },
  ];
  for (const target of targets) {
    const { body } = await server.call('POST', '/send', { target, event: 'ding', data: target });
    expect(body).toEqual({ connections: 1 });
    expect(
      await page.next('message', ({ data }) => JSON.stringify(data) === JSON.stringify(target)),
    ).toBeDefined();
  }
  expect(other.all('message')).toEqual([]);
});

test("[SND-1] the server's own events are not for others, and nothing goes to nobody", async () => {
  const own = await server.call('POST', '/send', { target: { tags: ['x'] }, event: '$reload', data: 1 });
  expect(own.body).toMatchObject({ error: { code: 40001, issues: [{ path: 'event' }] } });
  const nobody = await server.call('POST', '/send', { target: {}, event: 'x', data: 1 });
  expect(nobody.status).toBe(400);
});

test('all of it needs its right', async () => {
  const { body } = await server.call<{ key: string }>('POST', '/keys', { name: 'sender', scopes: ['send'] });
  const message = { target: { tags: ['x'] }, event: 'x', data: 1 };
  expect((await server.call('POST', '/send', message, body.key)).status).toBe(200);
  expect((await server.call('GET', '/connections', undefined, body.key)).status).toBe(403);
  expect((await server.call('DELETE', '/connections/x', { reason: 'r' }, body.key)).status).toBe(403);
  expect((await server.call('POST', '/send', message, '')).status).toBe(401);
});
