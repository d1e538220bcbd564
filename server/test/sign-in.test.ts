import { afterEach, beforeEach, expect, test } from 'vitest';
import { cookieOf, PASSPHRASE, TestPlace } from './test-place.ts';

let place: TestPlace;

beforeEach(async () => {
  place = await TestPlace.open();
  await place.setUp();
  await place.addPerson('vera', 'viewer');
});
afterEach(() => place.close());

const signIn = (login: string, password: string) => place.call('POST', '/session', { login, password });
const whoIs = async (cookie: string) => (await place.call('GET', '/me', undefined, { cookie })).status;

test('a sign-in answers with the person and a cookie that no script and no other site gets', async () => {
  const reply = await signIn('vera', PASSPHRASE);
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({ login: 'vera', role: 'viewer', groups: [], place: 'Harbour' });
  const [cookie = ''] = reply.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-callboard=[\w-]{43}; /);
  for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/', `Max-Age=${30 * 86_400}`]) {
    expect(cookie).toContain(part);
  }
  expect(cookie).not.toContain('Domain');
});

test('a wrong passphrase and an unknown name are answered alike', async () => {
  const wrong = await signIn('vera', 'not the right one');
  const unknown = await signIn('nobody', 'not the right one');
  expect(wrong.status).toBe(401);
  expect(unknown.body).toEqual(wrong.body);
});

test('after five wrong attempts even the right passphrase waits, for this name from this address', async () => {
  await place.addPerson('otto', 'viewer');
  for (let n = 0; n < 5; n++) expect((await signIn('vera', `wrong wrong ${n}`)).status).toBe(401);
  const refused = await signIn('vera', PASSPHRASE);
  expect(refused.body.error).toMatchObject({ code: 42901, retry: true });
  expect(refused.body.error.retryAfterMs).toBeGreaterThan(14 * 60_000);
  expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(refused.body.error.retryAfterMs / 1000)));
  expect((await signIn('otto', PASSPHRASE)).status).toBe(200);
});

test('wrong attempts that come all at once are no way around the limit', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, (_, n) => signIn('vera', `wrong wrong ${n}`)));
  expect(replies.filter((reply) => reply.status === 401)).toHaveLength(5);
  expect(replies.filter((reply) => reply.status === 429)).toHaveLength(15);
});

test('a right sign-in forgives the wrong ones before it', async () => {
  for (let n = 0; n < 4; n++) await signIn('vera', `wrong wrong ${n}`);
  expect((await signIn('vera', PASSPHRASE)).status).toBe(200);
  for (let n = 0; n < 4; n++) expect((await signIn('vera', `wrong wrong ${n}`)).status).toBe(401);
});

test('signing in anew ends the session that the browser had', async () => {
  const old = await place.signIn('vera');
  const reply = await place.call(
    'POST',
    '/session',
    { login: 'vera', password: PASSPHRASE },
    { cookie: old, origin: place.url },
  );
  expect(cookieOf(reply)).not.toBe(old);
  expect([await whoIs(old), await whoIs(cookieOf(reply))]).toEqual([401, 200]);
});

test('signing out ends this session and its sockets, and no other', async () => {
  const [here, there] = [await place.signIn('vera'), await place.signIn('vera')];
  const [socketHere, socketThere] = [await place.connect(here), await place.connect(there)];
  const reply = await place.call('DELETE', '/session', undefined, { cookie: here, origin: place.url });
  expect(reply.status).toBe(204);
  expect(reply.headers.getSetCookie()[0]).toMatch(/^__Host-callboard=; .*Expires=Thu, 01 Jan 1970/);
  expect(await socketHere.closed).toEqual({ code: 4500, reason: 'You signed out.' });
  expect([await whoIs(here), await whoIs(there)]).toEqual([401, 200]);
  await socketThere.request({ type: 'ping', sentAt: 1 });
});

test('signing out twice, or without a session, is no error', async () => {
  expect((await place.call('DELETE', '/session')).status).toBe(204);
  const dead = `__Host-callboard=${'x'.repeat(43)}`;
  const reply = await place.call('DELETE', '/session', undefined, { cookie: dead, origin: place.url });
  expect(reply.status).toBe(204);
});

test('a session ends after 30 days for viewers and after 7 for others, whatever they do', async () => {
  await place.addPerson('otto', 'operator');
  const [viewer, operator] = [await place.signIn('vera'), await place.signIn('otto')];
  place.time.now += 7 * 86_400_000;
  expect([await whoIs(viewer), await whoIs(operator)]).toEqual([200, 401]);
  const expired = await place.call('GET', '/me', undefined, { cookie: operator });
  expect(expired.body.error.code).toBe(40102);
  place.time.now += 23 * 86_400_000;
  expect(await whoIs(viewer)).toBe(401);
});

test('a disabled person is signed out everywhere at once and cannot come back', async () => {
  const { people } = await place.admin('GET', '/people?q=vera');
  const cookie = await place.signIn('vera');
  const socket = await place.connect(cookie);
  await place.admin('PATCH', `/people/${people[0].id}`, { disabled: true });
  expect(await socket.closed).toEqual({ code: 4503, reason: 'Your account was disabled by an admin.' });
  expect(await whoIs(cookie)).toBe(401);
  expect((await signIn('vera', PASSPHRASE)).status).toBe(401);
});

test('a change of role reaches live sockets, which come back with the new one', async () => {
  const { people } = await place.admin('GET', '/people?q=vera');
  const cookie = await place.signIn('vera');
  const socket = await place.connect(cookie);
  await place.admin('PATCH', `/people/${people[0].id}`, { role: 'operator' });
  expect((await socket.closed).code).toBe(4404);
  const again = await place.connect(cookie);
  expect(again.last('welcome').account.role).toBe('operator');
});

test('a new passphrase set by an admin ends all sessions of the person', async () => {
  const { people } = await place.admin('GET', '/people?q=vera');
  const cookie = await place.signIn('vera');
  const socket = await place.connect(cookie);
  await place.admin('PATCH', `/people/${people[0].id}`, { password: 'a new passphrase of mine' });
  expect((await socket.closed).code).toBe(4500);
  expect(await whoIs(cookie)).toBe(401);
  expect((await signIn('vera', 'a new passphrase of mine')).status).toBe(200);
});

test('an invite lets a person choose a passphrase, once', async () => {
  const made = await place.admin('POST', '/people', { login: 'ines', name: 'Ines', role: 'viewer' });
  expect(made.hasPassword).toBe(false);
  expect(made.invite.url).toMatch(new RegExp(`^${place.url}/invite#token=[\\w-]{43}$`));
  const token = made.invite.url.split('token=')[1];
  const redeem = () => place.call('POST', '/invite', { token, password: 'five herons by the weir' });
  const reply = await redeem();
  expect(reply.body).toMatchObject({ login: 'ines', role: 'viewer' });
  expect(await whoIs(cookieOf(reply))).toBe(200);
  expect((await redeem()).body.error.code).toBe(41002);
  expect((await signIn('ines', 'five herons by the weir')).status).toBe(200);
});

test('an invite is good for a week', async () => {
  const made = await place.admin('POST', '/people', { login: 'ines', name: 'Ines', role: 'viewer' });
  place.time.now += 7 * 86_400_000;
  const token = made.invite.url.split('token=')[1];
  const reply = await place.call('POST', '/invite', { token, password: 'five herons by the weir' });
  expect(reply.body.error.code).toBe(41002);
});
