import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../shared/domain/account.ts';
import { roles } from '../../shared/domain/account.ts';
import { apiRoutes } from '../http/route-table.ts';
import { TestPlace } from './test-place.ts';

/**
 * Who may do what, as the contract says it: the role that is needed, `any` for everybody who is signed in, and for keys
 * the scopes with which one gets through. A route that is not listed here fails the test below.
 */
const matrix: Record<string, { role: Role | 'any'; scopes?: string[] }> = {
  'GET /me': { role: 'any', scopes: ['announce', 'send', 'publish:pumps.*', 'subscribe:*'] },
  'POST /publish': { role: 'operator', scopes: ['publish:pumps.*'] },
  'GET /channels': { role: 'viewer', scopes: ['subscribe:*'] },
  'POST /channels/:channel': { role: 'operator', scopes: ['publish:pumps.*'] },
  'PATCH /channels/:channel': { role: 'operator' },
  'DELETE /channels/:channel': { role: 'operator' },
  'GET /channels/:channel/history': { role: 'viewer', scopes: ['subscribe:*'] },
  'GET /events': { role: 'viewer', scopes: ['subscribe:*'] },
  'GET /boards': { role: 'viewer' },
  'POST /boards': { role: 'operator' },
  'GET /boards/:id': { role: 'viewer' },
  'PATCH /boards/:id': { role: 'operator' },
  'DELETE /boards/:id': { role: 'operator' },
  'GET /announcements': { role: 'any', scopes: ['announce'] },
  'POST /announcements': { role: 'announcer', scopes: ['announce'] },
  'POST /announcements/reach': { role: 'announcer', scopes: ['announce'] },
  'GET /announcements/:id': { role: 'any', scopes: ['announce'] },
  'PATCH /announcements/:id': { role: 'announcer', scopes: ['announce'] },
  'DELETE /announcements/:id': { role: 'announcer', scopes: ['announce'] },
  'POST /announcements/:id/retract': { role: 'announcer', scopes: ['announce'] },
  'POST /announcements/:id/nudge': { role: 'announcer', scopes: ['announce'] },
  'GET /announcements/:id/receipts': { role: 'announcer', scopes: ['announce'] },
  'POST /announcements/:id/receipts': { role: 'any' },
  'POST /send': { role: 'announcer', scopes: ['send'] },
  'GET /connections': { role: 'admin' },
  'DELETE /connections/:id': { role: 'admin' },
  'GET /people': { role: 'announcer' },
  'POST /people': { role: 'admin' },
  'GET /people/:id': { role: 'announcer' },
  'PATCH /people/:id': { role: 'admin' },
  'DELETE /people/:id': { role: 'admin' },
  'POST /people/:id/invite': { role: 'admin' },
  'GET /groups': { role: 'announcer' },
  'POST /groups': { role: 'admin' },
  'GET /groups/:id': { role: 'announcer' },
  'PATCH /groups/:id': { role: 'admin' },
  'DELETE /groups/:id': { role: 'admin' },
  'GET /keys': { role: 'admin' },
  'POST /keys': { role: 'admin' },
  'GET /keys/:id': { role: 'admin' },
  'PATCH /keys/:id': { role: 'admin' },
  'DELETE /keys/:id': { role: 'admin' },
};

/** Bodies that get past the check of their form, where a route looks at them before it looks at rights. */
const bodies: Record<string, unknown> = {
  'POST /publish': { channel: 'pumps.north', data: 1 },
  'POST /channels/:channel': '1',
  'POST /boards': { name: 'A board', tiles: [] },
  'POST /announcements': { severity: 'info', title: 'Hello', target: { everyone: true } },
  'POST /announcements/reach': { target: { everyone: true } },
  'POST /announcements/:id/receipts': { revision: 1, state: 'seen' },
  'POST /send': { target: { groups: ['nobody'] }, event: 'ping', data: null },
  'DELETE /connections/:id': { reason: 'Maintenance' },
};

const SCOPES = ['announce', 'send', 'publish:pumps.*', 'subscribe:*'] as const;

let place: TestPlace;
const cookies = new Map<Role, string>();
const keys = new Map<string, string>();

beforeAll(async () => {
  place = await TestPlace.open();
  await place.setUp();
  for (const role of roles) {
    await place.addPerson(role, role);
    cookies.set(role, await place.signIn(role));
  }
  for (const scope of SCOPES) keys.set(scope, (await place.addKey([scope])).key);
});
afterAll(() => place.close());

function ask(route: string, who: { cookie?: string; key?: string }) {
  // A stream would never end; HEAD is let in and refused in the same way.
  const asked = route === 'GET /events' ? 'HEAD /events?channels=pumps.north' : route;
  const [method = '', path = ''] = asked.split(' ');
  const address = path.replace(':channel', 'pumps.north').replace(':id', 'no-such-id');
  const body =
    bodies[route] ??
    (method === 'GET' || method === 'HEAD' || (method === 'DELETE' && !bodies[route]) ? undefined : {});
  return place.call(method, address, body, { ...who, ...(who.cookie && { origin: place.url }) });
}

test('every route that needs a sign-in is in the matrix', () => {
  const listed = apiRoutes.filter((route) => !route.public).map(({ method, path }) => `${method} ${path}`);
  expect(Object.keys(matrix).sort()).toEqual(listed.sort());
});

test.each(Object.entries(matrix))(
  '[WHO-1] %s is open to %o and to nobody else',
  async (route, { role, scopes = [] }) => {
    const least = role === 'any' ? 0 : roles.indexOf(role);
    for (const [rank, held] of roles.entries()) {
      const { status } = await ask(route, { cookie: cookies.get(held)! });
      expect([held, status === 403], `${held}: ${status}`).toEqual([held, rank < least]);
      expect(status).not.toBe(500);
    }
    for (const scope of SCOPES) {
      const { status } = await ask(route, { key: keys.get(scope)! });
      expect([scope, status === 403], `${scope}: ${status}`).toEqual([scope, !scopes.includes(scope)]);
      expect(status).not.toBe(500);
    }
  },
);

test('[WHO-1] nobody publishes to the server’s own channels, not even an admin', async () => {
  for (const channel of ['$connections', 'system.host', 'system:x']) {
    const reply = await place.call(
      'POST',
      '/publish',
      { channel, data: 1 },
      { cookie: cookies.get('admin')!, origin: place.url },
    );
    expect(reply.body.error.code).toBe(40301);
  }
});

test('[WHO-1] a key publishes where its scope says and nowhere near it', async () => {
  const key = keys.get('publish:pumps.*')!;
  const publish = async (channel: string) =>
    (await place.call('POST', '/publish', { channel, data: 1 }, { key })).status;
  expect(await publish('pumps.north')).toBe(200);
  expect(await publish('pumps.north.valve')).toBe(200);
  for (const channel of ['pumps', 'pumpsx.north', 'pump.north', 'pumps:north', 'orders.eu']) {
    expect([channel, await publish(channel)]).toEqual([channel, 403]);
  }
});

test('a role cannot be had by asking for it', async () => {
  const cookie = cookies.get('viewer')!;
  const { id } = (await place.call('GET', '/me', undefined, { cookie })).body;
  const raise = await place.call('PATCH', `/people/${id}`, { role: 'admin' }, { cookie, origin: place.url });
  expect(raise.status).toBe(403);
  expect((await place.call('GET', '/me', undefined, { cookie })).body.role).toBe('viewer');
});
