import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { createOriginCheck } from '../http/origins.ts';
import { rawRequest, requestText, upgradeHeaders } from './raw-request.ts';
import { startServer, type TestServer } from './start-server.ts';

const DASH = 'https://dash.example.com';

let server: TestServer;
let log: Record<string, unknown>[];
let cookie: string;
let id: string;

beforeAll(async () => {
  log = [];
  const lines = { write: (line: string) => log.push(JSON.parse(line)) };
  server = await startServer({ ALLOWED_ORIGINS: DASH }, pino({ level: 'warn' }, lines));
  ({ cookie, id } = await server.signIn('victim', 'operator'));
});
afterAll(() => server.stop());

/** The status of a handshake that carries the cookie of a person. */
async function knock(headers: string[], host = new URL(server.url).host): Promise<number> {
  const all = [`Host: ${host}`, `Cookie: ${cookie}`, ...headers, ...upgradeHeaders()];
  return (await rawRequest(server.url, requestText('GET /ws HTTP/1.1', all))).status;
}

const from = (origin: string): Promise<number> => knock([`Origin: ${origin}`]);

test('[T24] the page of another site gets 403 with the victim’s cookie; the log names site and person, not the cookie', async () => {
  expect(await from(server.url)).toBe(101);
  expect(await from('http://evil.test:8081')).toBe(403);
  expect(log).toEqual([
    expect.objectContaining({
      level: 40,
      origin: 'http://evil.test:8081',
      account: id,
      address: '127.0.0.1',
    }),
  ]);
  expect(JSON.stringify(log)).not.toContain(cookie.split('=')[1]);
  const { body } = await server.call<{ connections: unknown[] }>('GET', '/connections');
  expect(body.connections).toEqual([]);
});

test('[T24] the log cannot be flooded with that, nor by those who hold no cookie of ours', async () => {
  const before = log.length;
  cookie = `${cookie}; other=1`;
  for (let count = 0; count < 100; count += 1) expect(await from(`http://evil-${count}.test`)).toBe(403);
  expect(log.length - before).toBeLessThan(60);
  expect(log.length).toBeGreaterThan(before);
});

test('[T25] a page without an origin of its own, as in a sandbox, is foreign', async () => {
  for (const origin of ['null', '', 'data:', 'file://', 'about:blank']) {
    expect([origin, await from(origin)]).toEqual([origin, 403]);
  }
});

describe('[T27] only the listed origin itself is the listed origin', () => {
  const foreign = [
    'https://dash.example.com.evil.com',
    'https://evil.com/?dash.example.com',
    'https://evil.com#dash.example.com',
    'https://dash.example.com:444',
    'http://dash.example.com',
    'https://DASH.example.com.',
    'https://dash.example.com.',
    'https://xn--dsh-ela.example.com',
    'https://dаsh.example.com', // a Cyrillic letter
    'https://dash.example.com@evil.com',
    'https://evil.com\\@dash.example.com',
    'https://dash.example.com/',
    'https://dash.example.com, https://dash.example.com',
    'https://sub.dash.example.com',
    'https://dash-example.com',
    'https://dash.example.com%00.evil.com',
    'wss://dash.example.com',
    'https:dash.example.com',
    'dash.example.com',
    `https://${'a'.repeat(8_192)}.example.com`,
    `https://dash.example.com${' '.repeat(8_000)}x`,
  ];

  test('at the endpoint, by raw headers', async () => {
    const got = await Promise.all(foreign.map(from));
    expect(got).toEqual(foreign.map(() => 403));
    expect(await knock([`Origin: ${DASH}`, 'Origin: https://evil.com'])).toBe(403);
    expect(await knock(['Origin: https://evil.com', `Origin: ${DASH}`])).toBe(403);
    expect(await knock([`Origin: ${DASH}`, `Origin: ${DASH}`])).toBe(403);
  });

  test('in any case of the letters, and with the port that https has anyway', async () => {
    for (const origin of [DASH, 'https://DASH.example.com', 'HTTPS://Dash.Example.COM']) {
      expect([origin, await from(origin)]).toEqual([origin, 101]);
    }
    const judge = createOriginCheck(readConfig({ ALLOWED_ORIGINS: `${DASH}:443` }));
    expect(judge(DASH, 'localhost')).toBe('listed');
  });
});

test('[T29] X-Forwarded-Host decides nothing, whoever sends it', async () => {
  const forwarded = ['X-Forwarded-Host: dash.example.com', 'Forwarded: host=dash.example.com'];
  expect(await knock([...forwarded, `Origin: ${server.url}`], 'evil.example')).toBe(421);
  expect(await knock([...forwarded, 'Origin: http://dash.example.com'])).toBe(403);
  const behindProxy = await startServer({ TRUST_PROXY: 'loopback' });
  const headers = [...forwarded, `Authorization: Bearer ${behindProxy.adminKey}`, ...upgradeHeaders()];
  const through = async (host: string, origin: string) => {
    const lines = [`Host: ${host}`, `Origin: ${origin}`, ...headers];
    return (await rawRequest(behindProxy.url, requestText('GET /ws HTTP/1.1', lines))).status;
  };
  expect(await through('evil.example', behindProxy.url)).toBe(421);
  expect(await through('localhost', 'http://dash.example.com')).toBe(403);
  expect(await through('localhost', 'http://localhost')).toBe(101);
  await behindProxy.stop();
});

test('[T30] each configuration decides by its own list, in whatever order they are asked', () => {
  const a = 'https://a.example.com';
  const b = 'https://b.example.com';
  const forA = createOriginCheck(readConfig({ ALLOWED_ORIGINS: a }));
  const forB = createOriginCheck(readConfig({ ALLOWED_ORIGINS: b }));
  for (const [judge, origin, verdict] of [
    [forA, a, 'listed'],
    [forB, a, 'foreign'],
    [forB, b, 'listed'],
    [forA, b, 'foreign'],
    [forA, a, 'listed'],
    [forB, a, 'foreign'],
  ] as const) {
    expect(judge(origin, 'localhost')).toBe(verdict);
  }
});
