import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Router } from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorBody } from '../../shared/protocol/errors.ts';
import { announcementRoutes } from '../announcements/routes.ts';
import { authRoutes } from '../auth/routes.ts';
import { boardRoutes } from '../boards/routes.ts';
import { connectionRoutes } from '../connections/connections-routes.ts';
import { openapiRoutes } from '../http/openapi.ts';
import { apiRoutes, laterRoutes } from '../http/route-table.ts';
import { keyRoutes } from '../keys/keys-routes.ts';
import { groupRoutes } from '../people/groups-routes.ts';
import { peopleRoutes } from '../people/people-routes.ts';
import { publicationRoutes } from '../publications/routes.ts';
import { eventRoutes } from '../transport/event-routes.ts';
import { ADMIN_KEY, type Reply, TestPlace } from './test-place.ts';

let place: TestPlace;

beforeAll(async () => {
  place = await TestPlace.open({ ALLOWED_ORIGINS: 'https://*.example.com', ALLOWED_HOSTS: 'board.test' });
  await place.setUp();
});
afterAll(() => place.close());

const json = { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` };
const withBody = apiRoutes.filter((route) => route.body);
const pathOf = (path: string): string => path.replace(/:\w+/g, 'some-id');

function expectError(reply: Reply, code: number): void {
  expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
  const error = errorBody.strict().parse(reply.body.error);
  expect(error.code, JSON.stringify(error)).toBe(code);
  expect(reply.status).toBe(Math.floor(code / 100));
  expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|\.ts:|\.js:|\n {4}at /);
}

test('the table of routes and the routes themselves are the same', () => {
  const none = {} as never;
  const routers: Router[] = [
    authRoutes(none),
    publicationRoutes(none),
    boardRoutes(none),
    announcementRoutes(none),
    connectionRoutes(none),
    peopleRoutes(none),
    groupRoutes(none),
    keyRoutes(none),
    openapiRoutes(''),
    eventRoutes(() => {}),
  ];
  const registered = routers.flatMap((router) =>
    router.stack.flatMap(({ route }) =>
      route ? route.stack.map(({ method }) => `${method.toUpperCase()} ${route.path}`) : [],
    ),
  );
  expect(registered.sort()).toEqual(apiRoutes.map(({ method, path }) => `${method} ${path}`).sort());
});

test.each(apiRoutes.filter((route) => !route.public).map(({ method, path }) => [method, path]))(
  '%s %s without a sign-in is 40101',
  async (method, path) => {
    expectError(await place.call(method, pathOf(path)), 40101);
    expectError(await place.call(method, pathOf(path), undefined, { key: 'cbk_not_a_key' }), 40101);
  },
);

test.each(withBody.map(({ method, path }) => [method, path]))(
  '[T31] %s %s refuses every body that is not what it takes, and names the field',
  async (method, path) => {
    const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
      place.raw(method, `/api/v1${pathOf(path)}`, { ...json, ...headers }, body);
    for (const bad of ['{', '[1]', '"text"', 'null', '{"a":1}{"b":2}']) {
      expectError(await send(bad), 40001);
    }
    expectError(await send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])), 40001);
    expectError(await send('{"a":1}', { 'content-type': 'text/plain' }), 41501);
    expectError(await send('a=1', { 'content-type': 'application/x-www-form-urlencoded' }), 41501);
    expectError(await send(gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }), 41501);

    // A missing channel is no channel name either.
    const wrong = path === '/publish' ? 40003 : 40001;
    const unknown = await send('{"noSuchField":1}');
    expectError(unknown, wrong);
    const paths = unknown.body.error.issues.map((issue: { path: string }) => issue.path);
    expect(paths, JSON.stringify(unknown.body)).toContain('noSuchField');
    expectError(await send('{"__proto__":{"role":"admin"}}'), wrong);
    expect(({} as { role?: string }).role).toBeUndefined();
    expectError(await send(`{"a":${'['.repeat(40)}${']'.repeat(40)}}`), wrong);
  },
);

test.each(withBody.map(({ method, path, maxBytes = 64 * 1024 }) => [method, path, maxBytes] as const))(
  '%s %s takes %i bytes and not one more',
  async (method, path, maxBytes) => {
    const body = (bytes: number): string => `{"pad":"${'x'.repeat(bytes - 10)}"}`;
    const send = (bytes: number) => place.raw(method, `/api/v1${pathOf(path)}`, json, body(bytes));
    for (const bytes of [maxBytes - 1, maxBytes]) {
      expectError(await send(bytes), path === '/publish' ? 40003 : 40001);
    }
    expectError(await send(maxBytes + 1), 41301);
  },
);

test.each(apiRoutes.filter((route) => route.query).map(({ method, path }) => [method, path]))(
  '%s %s refuses a query that it does not know, and one given twice',
  async (method, path) => {
    const ask = (query: string) =>
      place.raw(
        method,
        `/api/v1${pathOf(path)}${query}`,
        { ...json, 'content-type': 'text/plain' },
        method === 'POST' ? '1' : undefined,
      );
    const unknown = await ask('?noSuchParameter=1');
    expectError(unknown, 40001);
    expect(unknown.body.error.issues[0].path).toBe('noSuchParameter');
    expectError(await ask('?__proto__=1'), 40001);
    expectError(await ask(method === 'GET' ? '?limit=1&limit=2' : '?key=1&key=2'), 40001);
    if (method === 'GET')
      for (const limit of ['0', '1001', '-1', '1.5', 'x']) expectError(await ask(`?limit=${limit}`), 40001);
  },
);

test('[T36] unknown addresses, wrong methods and broken escapes are answered in the same shape', async () => {
  for (const path of [
    '/api/v1/nothing',
    '/api/v1',
    '/api/v2/boards',
    '/api/v1/boards/x/y',
    '/no-such-file.txt',
    '/ws',
  ]) {
    expectError(await place.raw('GET', path, json), 40401);
  }
  const put = await place.raw('PUT', '/api/v1/boards', json);
  expectError(put, 40501);
  expect(put.headers.get('allow')).toBe('GET, POST');
  expectError(await place.raw('POST', '/healthz', json), 40501);
  expectError(await place.raw('TRACE', '/api/v1/boards', json), 40501);
  expectError(await place.raw('GET', '/api/v1/boards/%ff', json), 40001);
  for (const path of laterRoutes) expectError(await place.raw('GET', `/api/v1${path}`, json), 50101);
});

test('what is no HTTP at all is answered in the same shape, and the server lives on', async () => {
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(place.url).port), '127.0.0.1', () =>
      socket.write('NONSENSE\r\n\r\n'),
    );
    let text = '';
    socket.on('data', (part) => {
      text += part.toString();
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '').error.code).toBe(40001);
  const large = await place.raw('GET', '/api/v1/status', { 'x-large': 'x'.repeat(17_000) });
  expectError(large, 43101);
  expect((await place.call('GET', '/status')).status).toBe(200);
});

test('hosts that are not ours get 421; loopback, figures and ALLOWED_HOSTS do not', async () => {
  const status = async (host: string) => (await place.raw('GET', '/api/v1/status', { host })).status;
  for (const host of [
    'evil.example',
    'board.test.evil.example',
    'localhost.evil.example',
    'evil.example:80',
    'a@b',
  ]) {
    expect([host, await status(host)]).toEqual([host, 421]);
  }
  for (const host of [
    'localhost',
    'localhost:8080',
    '127.0.0.1',
    '[::1]:80',
    '192.168.7.9',
    'board.test',
    'BOARD.test:8080',
  ]) {
    expect([host, await status(host)]).toEqual([host, 200]);
  }
});

test('[WHO-3] listed origins get CORS for bearer requests, without credentials; others get none', async () => {
  const preflight = (origin: string) =>
    place.raw('OPTIONS', '/api/v1/boards', { origin, 'access-control-request-method': 'PATCH' });
  const listed = await preflight('https://app.example.com');
  expect(listed.status).toBe(204);
  expect(listed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  expect(listed.headers.get('access-control-allow-headers')).toContain('Authorization');
  expect(listed.headers.get('access-control-allow-credentials')).toBeNull();
  for (const origin of [
    'https://example.com',
    'http://evil.example',
    'https://app.example.com.evil.example',
    'null',
  ]) {
    expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
  }
  const read = await place.raw('GET', '/api/v1/boards', { ...json, origin: 'https://app.example.com' });
  expect(read.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
});

test('[T31] a change by cookie needs our own origin; other sites get 403 and change nothing', async () => {
  await place.addPerson('olga', 'operator');
  const cookie = await place.signIn('olga');
  const board = { name: 'Forged', tiles: [] };
  const tries: Record<string, string>[] = [
    {},
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: place.url.replace('http:', 'https:') },
    { origin: `${place.url}.evil.example` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of tries)
    expectError(await place.call('POST', '/boards', board, { cookie, headers }), 40301);
  const { boards } = (await place.call('GET', '/boards', undefined, { cookie })).body;
  expect(boards.map((one: { name: string }) => one.name)).not.toContain('Forged');

  const allowed: Record<string, string>[] = [{ origin: place.url }, { 'sec-fetch-site': 'same-origin' }];
  for (const headers of allowed) {
    expect((await place.call('POST', '/boards', board, { cookie, headers })).status).toBe(201);
  }
});

test('[T31] a sign-in from a page of another site is refused', async () => {
  const body = { login: 'ana', password: 'tide gauge brass kettle' };
  expectError(await place.call('POST', '/session', body, { origin: 'http://evil.example' }), 40301);
});

test('health, readiness and figures answer, and figures only to this machine, their token, and admins', async () => {
  expect((await place.raw('GET', '/healthz', {})).body).toEqual({ status: 'ok' });
  expect((await place.raw('GET', '/readyz', {})).status).toBe(200);
  const metrics = await place.raw('GET', '/metrics', {});
  expect(metrics.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(metrics.body).toContain('callboard_connections 0');
  const proxied = { 'x-forwarded-for': '198.51.100.7' };
  expectError(await place.raw('GET', '/metrics', proxied), 40101);
  expect((await place.raw('GET', '/metrics', { ...proxied, ...json })).status).toBe(200);
});

test('the description of the API names every route and has no reference into nowhere', async () => {
  const { body } = await place.call('GET', '/openapi.json');
  const listed = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(listed).toHaveLength(apiRoutes.length);
  const text = JSON.stringify(body);
  for (const [, target = ''] of text.matchAll(/"\$ref":"#\/components\/(\w+\/\w+)"/g)) {
    const [kind = '', name = ''] = target.split('/');
    expect(body.components[kind][name], target).toBeDefined();
  }
});
