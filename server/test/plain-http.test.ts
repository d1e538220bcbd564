import { expect, test } from 'vitest';
import { PASSPHRASE, TestPlace } from './test-place.ts';

const LAN = { host: '192.168.7.9:8080', 'content-type': 'application/json' };
const credentials = JSON.stringify({ login: 'ana', password: PASSPHRASE });

test('over plain http beyond loopback nobody signs in, and the sentence says what would be right', async () => {
  const place = await TestPlace.open();
  await place.setUp();
  for (const path of ['/session', '/setup', '/invite']) {
    const reply = await place.raw('POST', `/api/v1${path}`, LAN, credentials);
    expect(reply.status).toBe(403);
    for (const name of ['TLS_CERT', 'PUBLIC_URL', 'ALLOW_INSECURE_HTTP'])
      expect(reply.body.error.message).toContain(name);
    expect(reply.headers.getSetCookie()).toEqual([]);
  }
  await place.close();
});

test('with ALLOW_INSECURE_HTTP it works there, with another cookie and a warning for the page', async () => {
  const place = await TestPlace.open({ ALLOW_INSECURE_HTTP: '1' });
  await place.setUp();
  const reply = await place.raw('POST', '/api/v1/session', LAN, credentials);
  const [cookie = ''] = reply.headers.getSetCookie();
  expect(cookie).toMatch(/^callboard=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
  const me = await place.raw('GET', '/api/v1/me', { ...LAN, cookie: cookie.split(';', 1)[0] ?? '' });
  expect(me.body.login).toBe('ana');
  expect((await place.raw('GET', '/api/v1/status', LAN)).body.insecure).toBe(true);
  expect((await place.call('GET', '/status')).body.insecure).toBe(false);
  await place.close();
});

test('[WHO-3] behind a proxy with TLS the page’s origin is https, as PUBLIC_URL says, and plain http is foreign', async () => {
  const place = await TestPlace.open({ PUBLIC_URL: 'https://board.example.com', TRUST_PROXY: 'loopback' });
  const proxied = {
    host: 'board.example.com',
    'content-type': 'application/json',
    'x-forwarded-proto': 'https',
    'x-forwarded-for': '198.51.100.7',
  };
  expect(place.app.setupUrl).toMatch(/^https:\/\/board\.example\.com\/setup#token=/);
  const first = {
    token: place.setupToken,
    place: 'Harbour',
    login: 'ana',
    name: 'Ana',
    password: PASSPHRASE,
  };
  const setUp = (origin: string) =>
    place.raw('POST', '/api/v1/setup', { ...proxied, origin }, JSON.stringify(first));
  expect((await setUp('http://board.example.com')).status).toBe(403);
  const reply = await setUp('https://board.example.com');
  expect(reply.status).toBe(201);
  expect(reply.headers.getSetCookie()[0]).toMatch(/^__Host-callboard=.*Secure/);
  await place.close();
});

test('[T33] guesses count by the address that a trusted proxy names, and by nothing an untrusted one says', async () => {
  const attempt = (place: TestPlace, from: string) =>
    place.call(
      'POST',
      '/session',
      { login: 'ana', password: 'wrong wrong wrong' },
      {
        headers: { 'x-forwarded-for': from },
      },
    );
  const statuses = async (place: TestPlace): Promise<number[]> => {
    const answers: number[] = [];
    for (let n = 0; n < 6; n++) answers.push((await attempt(place, `198.51.100.${n}`)).status);
    return answers;
  };
  const trusting = await TestPlace.open({ TRUST_PROXY: 'loopback' });
  await trusting.setUp();
  expect(await statuses(trusting)).toEqual([401, 401, 401, 401, 401, 401]);
  await trusting.close();
  const wary = await TestPlace.open();
  await wary.setUp();
  expect(await statuses(wary)).toEqual([401, 401, 401, 401, 401, 429]);
  await wary.close();
});
