import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorBody } from '../../shared/protocol/errors.ts';
import { apiRoutes, routesAt } from '../http/route-table.ts';
import { type RawReply, rawRequest, requestText } from './raw-request.ts';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

let place: TestPlace;

beforeAll(async () => {
  place = await TestPlace.open();
});
afterAll(() => place.close());

const PAGES = ['/', '/boards', '/channels/pumps.north', '/healthz', '/readyz', '/metrics', '/api/docs'];
const apiPaths = [...new Set(apiRoutes.map(({ path }) => path.replace(/:\w+/g, 'some-id')))];

function ask(method: string, target: string): Promise<RawReply> {
  const headers = ['Host: localhost', 'Connection: close', `Authorization: Bearer ${ADMIN_KEY}`];
  return rawRequest(place.url, requestText(`${method} ${target} HTTP/1.1`, headers));
}

function expectRefused(reply: RawReply, what: string): void {
  expect(reply.status, what).toBe(405);
  expect(errorBody.strict().parse(JSON.parse(reply.body).error).code, what).toBe(40501);
  expect(reply.headers.get('allow'), what).toMatch(/^[A-Z]+(?:, [A-Z]+)*$/);
}

describe('[T36] a method that an address does not have is refused, and what it has is named', () => {
  test('on every route of the API, whoever asks', async () => {
    for (const path of apiPaths) {
      const served = routesAt(path).map(({ method }): string => method);
      const others = ['TRACE', 'PUT', 'PROPFIND', 'SEARCH', 'DELETE', 'PATCH'].filter(
        (method) => !served.includes(method),
      );
      const replies = await Promise.all(others.map((method) => ask(method, `/api/v1${path}`)));
      for (const [at, reply] of replies.entries()) {
        expectRefused(reply, `${others[at]} ${path}`);
        expect(reply.headers.get('allow')).toBe(served.join(', '));
      }
    }
  });

  test('on every other address, with every method that Node can read', async () => {
    const others = METHODS.filter((method) => !['GET', 'HEAD', 'CONNECT'].includes(method));
    for (const path of PAGES) {
      const replies = await Promise.all(others.map((method) => ask(method, path)));
      for (const [at, reply] of replies.entries()) {
        expectRefused(reply, `${others[at]} ${path}`);
        expect(reply.headers.get('allow')).toBe('GET, HEAD');
      }
    }
  });

  test.each([
    ['CONNECT', 'localhost:5432'],
    ['CONNECT', '/api/v1/boards'],
    ['OPTIONS', '*'],
    ['TRACE', '*'],
    ['DANCE', '/api/v1/boards'],
    ['M-DANCE', '/'],
    ['get', '/'],
  ])('%s %s', async (method, target) => {
    const reply = await ask(method, target);
    // Small letters are no method at all.
    if (method === 'get') expect(reply.status).toBe(400);
    else expectRefused(reply, `${method} ${target}`);
    expect((await ask('GET', '/healthz')).status).toBe(200);
  });

  test('OPTIONS answers with nothing but what CORS needs', async () => {
    for (const path of apiPaths) {
      const reply = await ask('OPTIONS', `/api/v1${path}`);
      expect([path, reply.status, reply.body]).toEqual([path, 204, '']);
      expect(reply.headers.get('allow')).toBeNull();
      expect(reply.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});
