import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADMIN_KEY, PASSPHRASE, TestPlace } from './test-place.ts';

let place: TestPlace;

beforeEach(async () => {
  place = await TestPlace.open();
});
afterEach(() => place.close());

const first = (token: string, login = 'ana') => ({
  token,
  place: 'Harbour',
  login,
  name: 'Ana',
  password: PASSPHRASE,
});

test('[WHO-2] fifty set-ups at once with the right token make exactly one admin', async () => {
  const token = place.setupToken;
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) => place.call('POST', '/setup', first(token, `ana${n}`))),
  );
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
  const refused = replies.filter((reply) => reply.status !== 201);
  expect(new Set(refused.map((reply) => reply.body.error.code))).toEqual(new Set([41002]));
  const { people } = await place.admin('GET', '/people');
  expect(people).toHaveLength(1);
  expect(people[0].role).toBe('admin');
});

test('[WHO-2] whoever set up is signed in, and the place has its name and its first board', async () => {
  const cookie = await place.setUp();
  const me = await place.call('GET', '/me', undefined, { cookie });
  expect(me.body).toMatchObject({ login: 'ana', role: 'admin', kind: 'person', place: 'Harbour' });
  expect((await place.call('GET', '/status')).body).toMatchObject({ place: 'Harbour', setupNeeded: false });
  const { boards } = (await place.call('GET', '/boards', undefined, { cookie })).body;
  expect(boards.map((board: { name: string }) => board.name)).toEqual(['This server']);
});

test('[WHO-2] a wrong token is forbidden, and guessing is slowed down', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 60; n++)
    statuses.push((await place.call('POST', '/setup', first(`guess-${n}`))).status);
  expect(statuses.slice(0, 50)).toEqual(Array(50).fill(403));
  expect(new Set(statuses.slice(50))).toEqual(new Set([429]));
});

test('[WHO-2] the token is good for an hour', async () => {
  place.time.now += 3_600_000;
  const reply = await place.call('POST', '/setup', first(place.setupToken));
  expect(reply.status).toBe(403);
  expect(reply.body.error.message).toContain('restart the server');
});

test('[WHO-2] nobody signs in before set-up, but the admin key works from the first second', async () => {
  await place.addPerson('ben', 'admin');
  const signIn = await place.call('POST', '/session', { login: 'ben', password: PASSPHRASE });
  expect(signIn.status).toBe(403);
  expect((await place.call('GET', '/me', undefined, { key: ADMIN_KEY })).body).toMatchObject({
    role: 'admin',
  });
});

test('a set-up that is refused leaves the token good', async () => {
  const weak = { ...first(place.setupToken), password: 'password12345' };
  const reply = await place.call('POST', '/setup', weak);
  expect(reply.body.error.issues[0].path).toBe('password');
  expect((await place.call('POST', '/setup', first(place.setupToken))).status).toBe(201);
});

test('a name that is taken is a conflict that names the field, and set-up stays open', async () => {
  await place.addPerson('ana', 'viewer');
  const reply = await place.call('POST', '/setup', first(place.setupToken));
  expect(reply.body.error).toMatchObject({ code: 40901, issues: [{ path: 'login' }] });
  expect((await place.call('POST', '/setup', first(place.setupToken, 'bea'))).status).toBe(201);
});
