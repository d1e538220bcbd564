import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

let place: TestPlace;

beforeAll(async () => {
  place = await TestPlace.open();
  await place.setUp();
});
afterAll(() => place.close());

const text = (id: string) => ({ id, type: 'text', title: 'Note', x: 0, y: 0, w: 4, h: 2, text: 'Hello' });
const change = (id: string, body: unknown, revision?: string) =>
  place.call('PATCH', `/boards/${id}`, body, {
    key: ADMIN_KEY,
    ...(revision !== undefined && { headers: { 'if-match': revision } }),
  });

test('[LST-1] a board is made with revision 1, and its revision is the quoted ETag', async () => {
  const made = await place.call(
    'POST',
    '/boards',
    { name: 'Pump room', tiles: [text('a')] },
    { key: ADMIN_KEY },
  );
  expect(made.status).toBe(201);
  expect(made.headers.get('etag')).toBe('"1"');
  expect(made.body).toMatchObject({ slug: 'pump-room', name: 'Pump room', revision: 1, tiles: [text('a')] });
  for (const id of [made.body.id, 'pump-room']) {
    const read = await place.call('GET', `/boards/${id}`, undefined, { key: ADMIN_KEY });
    expect(read.headers.get('etag')).toBe('"1"');
    expect(read.body).toEqual(made.body);
  }
});

test('boards of the same name get slugs of their own, and keep them when renamed', async () => {
  const names = ['Twins', 'twins', 'Twins!'];
  const made = [];
  for (const name of names) made.push(await place.admin('POST', '/boards', { name, tiles: [] }));
  expect(made.map((one) => one.slug)).toEqual(['twins', 'twins-2', 'twins-3']);
  const renamed = await place.admin('PATCH', `/boards/${made[1].id}`, { name: 'Other' });
  expect(renamed).toMatchObject({ name: 'Other', slug: 'twins-2', revision: 2 });
});

test('[LST-1] who saves over a newer revision gets 41201, and nothing is changed', async () => {
  const { id } = await place.admin('POST', '/boards', { name: 'Shared', tiles: [] });
  expect((await change(id, { name: 'First' }, '"1"')).headers.get('etag')).toBe('"2"');
  for (const stale of ['"1"', '"3"', 'W/"1"', '"abc"', 'nonsense']) {
    const reply = await change(id, { name: 'Late' }, stale);
    expect([stale, reply.status, reply.body.error.code]).toEqual([stale, 412, 41201]);
  }
  expect((await place.admin('GET', `/boards/${id}`)).name).toBe('First');
  expect((await change(id, { name: 'Any' }, '*')).status).toBe(200);
  expect((await change(id, { name: 'Without' })).body.revision).toBe(4);
});

test('[LST-1] of many who save the same revision at once, one wins', async () => {
  const { id } = await place.admin('POST', '/boards', { name: 'Race', tiles: [] });
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => change(id, { name: `By ${n}` }, '"1"')),
  );
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  expect(replies.filter((reply) => reply.status === 412)).toHaveLength(19);
  expect((await place.admin('GET', `/boards/${id}`)).revision).toBe(2);
});

test('[FLD-1] a board sent back as it was answered is taken, its read-only fields ignored', async () => {
  const made = await place.admin('POST', '/boards', { name: 'Echo', tiles: [text('a')] });
  const { boards } = await place.admin('GET', '/boards');
  const listed = boards.find((one: { id: string }) => one.id === made.id);
  const reply = await change(made.id, { ...listed, name: 'Echo 2', revision: 99 });
  expect(reply.body).toMatchObject({ id: made.id, name: 'Echo 2', revision: 2, createdAt: made.createdAt });
});

test('a tile that is not one is refused with the path of the field', async () => {
  const bad: [unknown, string][] = [
    [{ ...text('a'), type: 'clock' }, 'tiles/0/type'],
    [{ ...text('a'), x: 24 }, 'tiles/0/x'],
    [{ ...text('a'), colour: 'red' }, 'tiles/0/colour'],
    [{ ...text('a'), title: '' }, 'tiles/0/title'],
    [
      { ...text('a'), type: 'number', text: undefined, series: { channel: 'no good' } },
      'tiles/0/series/channel',
    ],
  ];
  for (const [tile, path] of bad) {
    const reply = await place.call('POST', '/boards', { name: 'Bad', tiles: [tile] }, { key: ADMIN_KEY });
    expect(reply.status).toBe(400);
    expect(reply.body.error.issues.map((issue: { path: string }) => issue.path)).toContain(path);
  }
  const twice = await place.call(
    'POST',
    '/boards',
    { name: 'Bad', tiles: [text('a'), text('a')] },
    { key: ADMIN_KEY },
  );
  expect(twice.body.error.issues[0]).toMatchObject({
    path: 'tiles',
    message: 'every tile has an id of its own',
  });
});

test('a board for some groups is not there for others, and operators see it', async () => {
  await place.admin('POST', '/groups', { name: 'Night shift' });
  const made = await place.admin('POST', '/boards', { name: 'Night', tiles: [], groups: ['night-shift'] });
  await place.addPerson('in', 'viewer', ['night-shift']);
  await place.addPerson('out', 'viewer');
  await place.addPerson('op', 'operator');
  const sees = async (login: string): Promise<[number, boolean]> => {
    const cookie = await place.signIn(login);
    const { status } = await place.call('GET', `/boards/${made.id}`, undefined, { cookie });
    const { boards } = (await place.call('GET', '/boards', undefined, { cookie })).body;
    return [status, boards.some((one: { id: string }) => one.id === made.id)];
  };
  expect(await sees('in')).toEqual([200, true]);
  expect(await sees('out')).toEqual([404, false]);
  expect(await sees('op')).toEqual([200, true]);
});

test('a board that somebody may not see cannot be viewed either, nor one that does not exist', async () => {
  const made = await place.admin('POST', '/boards', { name: 'Vault', tiles: [], groups: ['night-shift'] });
  const out = await place.connect(await place.signIn('out'));
  expect(await out.request({ type: 'view', board: made.id })).toMatchObject({ code: 40401 });
  expect(await out.request({ type: 'view', board: 'nowhere' })).toMatchObject({ code: 40401 });
  const inside = await place.connect(await place.signIn('in'));
  expect(await inside.request({ type: 'view', board: made.slug })).toMatchObject({ type: 'ok' });
  const { boards } = await place.admin('GET', '/boards');
  expect(boards.find((one: { id: string }) => one.id === made.id)).toMatchObject({ viewers: 1 });
});

test('a board cannot be given to a group that does not exist', async () => {
  const reply = await place.call(
    'POST',
    '/boards',
    { name: 'X', tiles: [], groups: ['ghosts'] },
    { key: ADMIN_KEY },
  );
  expect(reply.body.error.issues[0]).toMatchObject({ path: 'groups/0' });
});

test('[LST-1] the list is paged, and next leads on until the end', async () => {
  for (let n = 0; n < 5; n++) await place.admin('POST', '/boards', { name: `Page ${n}`, tiles: [] });
  const all = (await place.admin('GET', '/boards')).boards.map((one: { slug: string }) => one.slug);
  const paged: string[] = [];
  let query = '?limit=2';
  for (let page = 0; page < all.length; page++) {
    const { boards, next } = await place.admin('GET', `/boards${query}`);
    paged.push(...boards.map((one: { slug: string }) => one.slug));
    if (next === undefined) break;
    query = `?limit=2&after=${next}`;
  }
  expect(paged).toEqual(all);
});

test('people who have a board open are counted once, whatever they opened it with', async () => {
  const { id } = await place.admin('POST', '/boards', { name: 'Watched', tiles: [] });
  const cookie = await place.signIn('in');
  const screens = [await place.connect(cookie), await place.connect(cookie)];
  for (const screen of screens) await screen.request({ type: 'view', board: id });
  const { boards } = await place.admin('GET', '/boards');
  expect(boards.find((one: { id: string }) => one.id === id)).toMatchObject({ viewers: 1, walls: 0 });
});

test('[BRD-1] screens that show a board hear that it was saved or deleted', async () => {
  const { id } = await place.admin('POST', '/boards', { name: 'Told', tiles: [] });
  const screen = await place.connect(await place.signIn('in'));
  await screen.request({ type: 'view', board: id });
  await place.admin('PATCH', `/boards/${id}`, { name: 'Told 2' });
  const news = (key: string) => screen.next('message', ({ data }) => Object.hasOwn(data as object, key));
  expect(await news('revision')).toMatchObject({ event: '$board', data: { board: id, revision: 2 } });
  await place.admin('DELETE', `/boards/${id}`);
  expect(await news('deleted')).toMatchObject({ event: '$board', data: { board: id, deleted: true } });
  expect((await place.call('GET', `/boards/${id}`, undefined, { key: ADMIN_KEY })).status).toBe(404);
});
