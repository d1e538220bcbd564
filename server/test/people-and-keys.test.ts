import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestClient } from './test-client.ts';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

let place: TestPlace;
let admin: string;

beforeAll(async () => {
  place = await TestPlace.open();
  admin = await place.setUp();
});
afterAll(() => place.close());

const idOf = async (login: string): Promise<string> =>
  (await place.admin('GET', `/people?q=${login}`)).people[0].id;
const asKey = (method: string, path: string, body?: unknown) =>
  place.call(method, path, body, { key: ADMIN_KEY });

test('the last admin can neither leave, nor be disabled, nor become less', async () => {
  const id = await idOf('ana');
  for (const change of [{ disabled: true }, { role: 'announcer' }]) {
    const reply = await asKey('PATCH', `/people/${id}`, change);
    expect(reply.body.error).toMatchObject({ code: 40901, message: expect.stringContaining('last admin') });
  }
  expect((await asKey('DELETE', `/people/${id}`)).status).toBe(409);
  expect((await place.call('GET', '/me', undefined, { cookie: admin })).body.role).toBe('admin');
});

test('of two admins who take the role from each other at once, one remains', async () => {
  const [ana, bea] = [await idOf('ana'), await place.addPerson('bea', 'admin')];
  const replies = await Promise.all(
    [ana, bea].map((id) => asKey('PATCH', `/people/${id}`, { role: 'viewer' })),
  );
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, 409]);
  await asKey('PATCH', `/people/${ana}`, { role: 'admin' });
  admin = await place.signIn('ana');
});

test('a sign-in name belongs to one person', async () => {
  await place.addPerson('carl', 'viewer');
  const twin = { login: 'carl', name: 'Carl', role: 'viewer' };
  expect((await asKey('POST', '/people', twin)).body.error).toMatchObject({
    code: 40901,
    issues: [{ path: 'login' }],
  });
  const dora = await place.addPerson('dora', 'viewer');
  expect((await asKey('PATCH', `/people/${dora}`, { login: 'carl' })).status).toBe(409);
});

test('no answer shows a hash, and a person may be sent back as it was answered', async () => {
  const id = await place.addPerson('eve', 'viewer');
  const person = await place.admin('GET', `/people/${id}`);
  expect(person).toEqual({
    id,
    login: 'eve',
    name: 'eve',
    role: 'viewer',
    groups: [],
    disabled: false,
    createdAt: place.time.now,
    hasPassword: true,
    online: 0,
  });
  expect((await asKey('PATCH', `/people/${id}`, { ...person, name: 'Eve' })).body.name).toBe('Eve');
});

test('searching takes the signs of patterns literally', async () => {
  await asKey('POST', '/people', { login: 'perc', name: '100% Per_c \\', role: 'viewer' });
  for (const [q, found] of [
    ['%', 1],
    ['_', 1],
    ['\\', 1],
    ["'", 0],
    ['100% per', 1],
    ['a%', 0],
  ] as const) {
    const { people } = await place.admin('GET', `/people?q=${encodeURIComponent(q)}`);
    expect([q, people.length]).toEqual([q, found]);
  }
});

test('a group has a slug for its id and keeps it; a second of the same name is a conflict', async () => {
  const group = await place.admin('POST', '/groups', { name: 'Early Shift', people: [await idOf('eve')] });
  expect(group).toEqual({ id: 'early-shift', name: 'Early Shift', people: [await idOf('eve')] });
  expect((await asKey('POST', '/groups', { name: 'early shift!' })).status).toBe(409);
  expect((await place.admin('PATCH', '/groups/early-shift', { name: 'Dawn' })).id).toBe('early-shift');
  expect((await place.admin('GET', `/people/${await idOf('eve')}`)).groups).toEqual(['early-shift']);
});

test('who does not exist can neither join nor be joined, and nothing is stored', async () => {
  const people = [await idOf('eve'), 'ghost'];
  const reply = await asKey('POST', '/groups', { name: 'Ghosts', people });
  expect(reply.body.error.issues[0]).toMatchObject({ path: 'people/1' });
  expect((await asKey('GET', '/groups/ghosts')).status).toBe(404);
  const person = { login: 'faye', name: 'Faye', role: 'viewer', groups: ['early-shift', 'ghosts'] };
  expect((await asKey('POST', '/people', person)).body.error.issues[0]).toMatchObject({ path: 'groups/1' });
  expect((await place.admin('GET', '/people?q=faye')).people).toEqual([]);
});

test('[TGT-1] a change of groups reaches live connections, which come back standing for the new ones', async () => {
  const id = await place.addPerson('gina', 'viewer');
  const cookie = await place.signIn('gina');
  const socket = await place.connect(cookie);
  const bystander = await place.connect(admin);
  await place.admin('PATCH', '/groups/early-shift', { people: [id] });
  expect((await socket.closed).code).toBe(4404);
  expect((await place.connect(cookie)).last('welcome').account.groups).toEqual(['early-shift']);
  await bystander.request({ type: 'ping', sentAt: 1 });
});

test('a deleted group leaves nobody in it, a deleted person leaves all groups', async () => {
  const id = await place.addPerson('hugo', 'viewer', ['early-shift']);
  await place.admin('DELETE', `/people/${id}`);
  expect((await place.admin('GET', '/groups/early-shift')).people).not.toContain(id);
  await place.admin('DELETE', '/groups/early-shift');
  expect((await place.admin('GET', `/people/${await idOf('gina')}`)).groups).toEqual([]);
});

test('a key is shown once; its list shows what is needed to tell keys apart', async () => {
  const made = await place.admin('POST', '/keys', { name: 'Pumps', scopes: ['publish:pumps.*'] });
  expect(made.key).toMatch(/^cbk_[0-9a-f]{20}_[\w-]{43}$/);
  expect(made.key.endsWith(made.hint)).toBe(true);
  const { keys } = await place.admin('GET', '/keys');
  expect(JSON.stringify(keys)).not.toContain(made.key.slice(30));
  expect(keys[0]).toMatchObject({
    id: made.id,
    name: 'Pumps',
    scopes: ['publish:pumps.*'],
    createdBy: 'key:admin',
  });
  expect(keys[0].lastUsedAt).toBeUndefined();
  await place.call('POST', '/publish', { channel: 'pumps.a', data: 1 }, { key: made.key });
  expect((await place.admin('GET', `/keys/${made.id}`)).lastUsedAt).toBe(place.time.now);
});

test('a key with one sign changed is no key', async () => {
  const { key } = await place.addKey(['subscribe:*']);
  expect((await place.call('GET', '/channels', undefined, { key })).status).toBe(200);
  const last = key.at(-1) === 'A' ? 'B' : 'A';
  for (const wrong of [`${key.slice(0, -1)}${last}`, key.slice(0, -1), `${key}x`, key.toUpperCase()]) {
    expect((await place.call('GET', '/channels', undefined, { key: wrong })).status).toBe(401);
  }
});

test('a revoked key is refused at once, and its sockets are closed', async () => {
  const { id, key } = await place.addKey(['subscribe:*']);
  const socket = await TestClient.connect(place.url, { key });
  await place.admin('DELETE', `/keys/${id}`);
  expect(await socket.closed).toEqual({ code: 4500, reason: 'This key was revoked.' });
  expect((await place.call('GET', '/channels', undefined, { key })).status).toBe(401);
});

test('a key whose scopes change brings its sockets back with the new ones', async () => {
  const { id, key } = await place.addKey(['subscribe:a']);
  const socket = await TestClient.connect(place.url, { key });
  await place.admin('PATCH', `/keys/${id}`, { scopes: ['subscribe:b'] });
  expect((await socket.closed).code).toBe(4404);
  const again = await TestClient.connect(place.url, { key });
  expect((await again.request({ type: 'subscribe', channel: 'b' })).type).toBe('subscribed');
  expect(await again.request({ type: 'subscribe', channel: 'a' })).toMatchObject({
    type: 'error',
    code: 40301,
  });
});

test('a key past its time is 40102', async () => {
  const expiresAt = place.time.now + 60_000;
  const { key } = await place.admin('POST', '/keys', { name: 'Short', scopes: ['subscribe:*'], expiresAt });
  expect((await place.call('GET', '/channels', undefined, { key })).status).toBe(200);
  place.time.now = expiresAt;
  expect((await place.call('GET', '/channels', undefined, { key })).body.error.code).toBe(40102);
});

test('a key without scopes and role, with a scope that is none, or an end in the past is refused', async () => {
  const bad: [object, string][] = [
    [{ scopes: [] }, 'scopes'],
    [{ scopes: ['publish:'] }, 'scopes/0'],
    [{ scopes: ['read:*'] }, 'scopes/0'],
    [{ scopes: ['announce'], role: 'root' }, 'role'],
    [{ scopes: ['announce'], expiresAt: 1 }, 'expiresAt'],
  ];
  for (const [fields, path] of bad) {
    const reply = await asKey('POST', '/keys', { name: 'Bad', ...fields });
    expect([path, reply.status]).toEqual([path, 400]);
    expect(reply.body.error.issues[0].path).toBe(path);
  }
});
