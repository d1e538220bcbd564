import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createHttpApp } from '../http/http-app.ts';
import { staticClient } from '../http/static-client.ts';
import { rawRequest, requestText, upgradeHeaders } from './raw-request.ts';
import { viewer } from './recorder.ts';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

let place: TestPlace;
/** The door alone, with a built client behind it and a route that fails. */
let door: Server;
let doorUrl: string;
const client = mkdtempSync(join(tmpdir(), 'callboard-headers-'));

beforeAll(async () => {
  place = await TestPlace.open();
  mkdirSync(join(client, 'assets'));
  writeFileSync(join(client, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(client, 'assets', 'index-4f2a.js'), 'export {};');
  writeFileSync(join(client, 'assets', 'index-4f2a.css'), 'a {}');
  const failing = express.Router().get('/me', () => {
    throw new Error('nobody foresaw this');
  });
  const app = createHttpApp({
    config: readConfig({}),
    log: pino({ enabled: false }),
    authenticate: async () => viewer,
    observe: () => undefined,
    features: [failing],
    root: [express.Router()],
    client: staticClient(client),
  });
  door = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => door.once('listening', resolve));
  doorUrl = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
});
afterAll(async () => {
  door.closeAllConnections();
  door.close();
  rmSync(client, { recursive: true });
  await place.close();
});

function expectSafe(headers: Headers, what: string): void {
  const one = Object.fromEntries(headers);
  expect(one, what).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  });
  expect(one['content-security-policy'], what).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
  expect(one['content-security-policy'], what).not.toMatch(/unsafe-inline|upgrade-insecure-requests/);
  expect(one, what).not.toHaveProperty('x-powered-by');
  expect(one, what).not.toHaveProperty('strict-transport-security');
  const type = one['content-type'];
  if (type !== undefined) expect(type, what).toMatch(/; charset=utf-8/);
}

test('[T37] every answer of the server carries the headers that keep pages safe', async () => {
  const json = { 'content-type': 'application/json' };
  const answers: [
    path: string,
    status: number,
    method?: string,
    headers?: Record<string, string>,
    body?: string,
  ][] = [
    ['/', 200],
    ['/boards/some-board', 200],
    ['/api/docs', 200],
    ['/api/v1/status', 200],
    ['/healthz', 200],
    ['/readyz', 200],
    ['/metrics', 200],
    ['/api/v1/boards', 204, 'OPTIONS'],
    ['/api/v1/session', 400, 'POST', json, '{'],
    ['/api/v1/boards', 401],
    ['/api/v1/session', 403, 'POST', { ...json, origin: 'http://evil.example' }, '{}'],
    ['/nothing.txt', 404],
    ['/api/v1/nothing', 404],
    ['/api/v2', 404],
    ['/healthz', 405, 'POST'],
    ['/api/v1/session', 413, 'POST', json, `"${'x'.repeat(5_000)}"`],
    ['/api/v1/session', 415, 'POST', { 'content-type': 'text/plain' }, '{}'],
    ['/api/v1/status', 421, 'GET', { host: 'evil.example' }],
    ['/api/v1/walls', 501],
    ['/api/v1/events?channels=', 200, 'HEAD', { authorization: `Bearer ${ADMIN_KEY}` }],
  ];
  for (const [path, status, method = 'GET', headers = {}, body] of answers) {
    const reply = await place.raw(method, path, headers, body);
    const what = `${method} ${path} ${status}`;
    expect(reply.status, what).toBe(status);
    expectSafe(reply.headers, what);
    if (path.startsWith('/api/v1') && status !== 421)
      expect(reply.headers.get('cache-control'), what).toBe('no-store');
  }
  const policy = (await place.raw('GET', '/', {})).headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:");
  expect(policy).toContain(`connect-src 'self' ws://${new URL(place.url).host} wss://`);
  expect(policy).toContain("base-uri 'none'; form-action 'self'; object-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
});

test('[T37] so do the built client, and a fault of ours, which shows nothing of its cause', async () => {
  const { port } = new URL(doorUrl);
  for (const [path, status] of [
    ['/', 200],
    ['/channels/pumps.north', 200],
    ['/assets/index-4f2a.js', 200],
    ['/assets/index-4f2a.css', 200],
    ['/assets/gone.js', 404],
    ['/api/v1/me', 500],
  ] as const) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    expect(response.status, path).toBe(status);
    expectSafe(response.headers, path);
    expect(await response.text()).not.toMatch(/foresaw|node_modules/);
  }
});

test('[T37] so does what Express never sees: broken requests, too large headers, refused upgrades', async () => {
  const host = 'Host: localhost';
  const answers: [request: string, status: number][] = [
    ['NONSENSE\r\n\r\n', 400],
    [requestText('GET / HTTP/1.1', [host, `X-Large: ${'x'.repeat(17_000)}`]), 431],
    [requestText('CONNECT localhost:80 HTTP/1.1', [host]), 405],
    [requestText('GET /ws HTTP/1.1', [host, ...upgradeHeaders({ 'Sec-WebSocket-Version': '8' })]), 426],
    [requestText('GET /ws HTTP/1.1', [host, 'Origin: http://evil.test', ...upgradeHeaders()]), 403],
    [requestText('GET /ws HTTP/1.1', [host, 'Authorization: Bearer x', ...upgradeHeaders()]), 401],
  ];
  for (const [request, status] of answers) {
    const reply = await rawRequest(place.url, request);
    expect(reply.status).toBe(status);
    expectSafe(reply.headers, request.slice(0, 60));
    expect(reply.headers.get('cache-control')).toBe('no-store');
  }
});
