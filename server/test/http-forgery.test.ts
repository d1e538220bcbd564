import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiRoutes } from '../http/route-table.ts';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

let place: TestPlace;
let cookie: string;

beforeAll(async () => {
  place = await TestPlace.open();
  cookie = await place.setUp();
  await place.admin('POST', '/boards', { name: 'Kept', tiles: [] });
  await place.admin('POST', '/publish', { channel: 'kept', data: 1 });
});
afterAll(() => place.close());

const EVIL = 'http://evil.test:8081';
/** What browsers send with a request that another site makes; older ones leave some of it out. */
const crossSite: Record<string, string>[] = [
  { origin: EVIL, 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'none' },
  { referer: `${EVIL}/page` },
];

/** Everything that can be listed, without what counts or measures. */
async function state(): Promise<unknown> {
  const lists = ['/boards', '/people', '/groups', '/keys', '/announcements'];
  const bodies = await Promise.all(lists.map((path) => place.admin('GET', path)));
  const { publications } = await place.admin('GET', '/channels/kept/history');
  const { channels } = await place.admin('GET', '/channels');
  return [bodies, publications, channels.map(({ channel }: { channel: string }) => channel)];
}

const tryAll = (send: (headers: Record<string, string>) => Promise<{ status: number }>) =>
  Promise.all(crossSite.map(async (headers) => (await send({ cookie, ...headers })).status));

describe('[T31] a page of another site can make a browser send the cookie, but change nothing', () => {
  test.each([
    ['a form with JSON in it', 'text/plain', '{"name":"Forged","tiles":[],"x":"="}', '/boards'],
    ['a form', 'application/x-www-form-urlencoded', 'name=Forged', '/boards'],
    ['a form with files', 'multipart/form-data; boundary=b', '--b--', '/boards'],
    ['JSON without CORS', 'application/json', '{"name":"Forged","tiles":[]}', '/boards'],
    ['JSON as a blob without type', '', '{"name":"Forged","tiles":[]}', '/boards'],
    ['a form to the route that takes any type', 'text/plain', '"forged"', '/channels/kept'],
    ['a beacon to the route that takes any type', 'text/plain;charset=UTF-8', 'forged', '/channels/forged'],
    ['a sign-out', 'text/plain', '', '/session'],
  ])('%s', async (_what, type, body, path) => {
    const before = await state();
    const statuses = await tryAll((headers) =>
      place.raw('POST', `/api/v1${path}`, { ...headers, ...(type !== '' && { 'content-type': type }) }, body),
    );
    expect(statuses).toEqual(crossSite.map(() => 403));
    expect(await state()).toEqual(before);
  });

  test('nor by another method than it says', async () => {
    const before = await state();
    const { boards } = await place.admin('GET', '/boards');
    const board = `/api/v1/boards/${boards[0].id}`;
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const override = { [name]: 'DELETE' };
      expect((await place.raw('GET', board, { cookie, ...override })).status).toBe(200);
      const key = { authorization: `Bearer ${ADMIN_KEY}` };
      expect((await place.raw('POST', board, { ...key, ...override })).status).toBe(405);
    }
    const posted = await place.raw('POST', `${board}?_method=DELETE`, { cookie, origin: place.url });
    expect(posted.status).toBe(405);
    expect(await state()).toEqual(before);
  });

  test('nor by reading: no GET and no HEAD changes anything, and its answer is not for that page', async () => {
    const before = await state();
    const reads = apiRoutes.filter(({ method }) => method === 'GET').map(({ path }) => path);
    for (const path of reads) {
      const target = `/api/v1${path.replace(':channel', 'never.published').replace(/:\w+/g, 'some-id')}`;
      // The stream of events does not end by itself; its HEAD is answered like its beginning.
      for (const method of path === '/events' ? ['HEAD'] : ['GET', 'HEAD']) {
        const reply = await place.raw(method, target, { cookie, origin: EVIL });
        expect([target, reply.status]).toEqual([target, expect.toBeOneOf([200, 404])]);
        expect(reply.headers.get('access-control-allow-origin')).toBeNull();
        expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(reply.headers.getSetCookie()).toEqual([]);
      }
    }
    expect(await state()).toEqual(before);
  });
});
