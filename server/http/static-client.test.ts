import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { staticClient } from './static-client.ts';

const parent = mkdtempSync(join(tmpdir(), 'callboard-client-'));
const folder = join(parent, 'client');
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the page</title>');
  writeFileSync(join(folder, 'assets', 'index-4f2a.js'), 'export {};');
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, '.env'), 'SECRET=1');
  writeFileSync(join(parent, 'outside.txt'), 'TREASURE');
  server = createServer(express().use(staticClient(folder))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterAll(() => {
  server.close();
  rmSync(parent, { recursive: true });
});

const get = (path: string, method = 'GET') =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method });

test.each(['/', '/boards', '/b/this-server/edit', '/channels/pumps.north', '/channels/orders:eu', '/setup'])(
  '%s is a page, asked for anew each time',
  async (path) => {
    const answer = await get(path);
    expect(await answer.text()).toContain('the page');
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  },
);

test('files whose names carry a hash are kept for ever', async () => {
  const answer = await get('/assets/index-4f2a.js');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await get('/icon.svg')).headers.get('cache-control')).toBe('public, max-age=3600');
});

test.each([
  '/assets/old-1b2c.js',
  '/favicon.ico',
  '/.env',
  '/.git/config',
  '/api/v1/boards',
  '/ws',
  '/..%2foutside.txt',
  '/assets/..%2f..%2foutside.txt',
  '/channels/..%2f..%2foutside.txt',
])('%s is no page and no file', async (path) => {
  const text = await (await get(path)).text();
  expect(text).not.toContain('TREASURE');
  expect(text).not.toContain('SECRET');
  expect(text).not.toContain('the page');
});

test('[T36] pages are read, never posted to', async () => {
  expect((await get('/boards', 'POST')).status).toBe(405);
  expect(await (await get('/boards', 'HEAD')).text()).toBe('');
});
