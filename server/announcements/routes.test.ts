import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setAccount } from '../auth/guard.ts';
import { errorHandler } from '../http/error-handler.ts';
import { announcementRoutes } from './routes.ts';
import { MORNING, Place } from './test-place.ts';

let place: Place;
let server: Server;

beforeEach(async () => {
  place = await Place.open();
  const app = express();
  app.use(express.json(), (req, _res, next) => {
    const who = req.get('x-test-person');
    if (who !== undefined) setAccount(req, place.account(who));
    next();
  });
  app.use(announcementRoutes({ announcements: place.service }));
  app.use(errorHandler(pino({ level: 'silent' })));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(async () => {
  server.close();
  await place.close();
});

async function call(who: string | undefined, method: string, path: string, body?: unknown, headers = {}) {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(who && { 'x-test-person': who }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: answers of every kind, looked into by the tests
  const json: any = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, etag: response.headers.get('etag'), body: json };
}

const plain = { severity: 'info', title: 'Tide', target: { everyone: true } };

test('[LST-1] POST answers 201 with the announcement and its revision as ETag, PATCH 200, DELETE 204', async () => {
  const sent = await call('ana', 'POST', '/announcements', plain);
  expect(sent).toMatchObject({
    status: 201,
    etag: '"1"',
    body: { state: 'live', body: '', createdBy: { id: 'ana', name: 'Ana' } },
  });
  const path = `/announcements/${sent.body.id}`;
  expect(await call('ana', 'PATCH', path, { title: 'High tide' }, { 'if-match': '"1"' })).toMatchObject({
    status: 200,
    etag: '"2"',
  });
  const stale = await call('ana', 'PATCH', path, { title: 'Low tide' }, { 'if-match': '"1"' });
  expect(stale).toMatchObject({ status: 412, body: { error: { code: 41201 } } });
  expect(await call('bob', 'POST', `${path}/receipts`, { revision: 1, state: 'seen' })).toMatchObject({
    status: 200,
    body: { mine: { state: 'seen' } },
  });
  expect((await call('ana', 'GET', `${path}/receipts?state=seen`)).body).toMatchObject({
    counts: { seen: 1 },
    receipts: [{ person: { name: 'Bob' } }],
  });
  expect((await call('ana', 'POST', `${path}/nudge`)).body).toMatchObject({ nudges: 1 });
  expect((await call('ana', 'POST', `${path}/retract`, { reason: 'over' })).body).toMatchObject({
    state: 'retracted',
    endReason: 'over',
  });
  const draft = await call('ana', 'POST', '/announcements', { ...plain, draft: true });
  expect(await call('ana', 'DELETE', `/announcements/${draft.body.id}`)).toMatchObject({
    status: 204,
    body: undefined,
  });
});

test('[FLD-1] what the server added may be sent back, what nobody knows is refused', async () => {
  const { body } = await call('ana', 'POST', '/announcements', plain);
  const { state: _, ...back } = {
    ...(await call('ana', 'GET', `/announcements/${body.id}`)).body,
    title: 'New',
  };
  expect(await call('ana', 'PATCH', `/announcements/${body.id}`, back)).toMatchObject({ status: 200 });
  expect(await call('ana', 'PATCH', `/announcements/${body.id}`, { titel: 'x' })).toMatchObject({
    status: 400,
    body: { error: { issues: [{ path: 'titel' }] } },
  });
});

const bad: [string, object, string][] = [
  ['severity', { severity: 'fatal' }, 'severity'],
  ['an empty title', { title: '  ' }, 'title'],
  ['a long title', { title: 'x'.repeat(91) }, 'title'],
  ['a long body', { body: 'x'.repeat(8_001) }, 'body'],
  ['nobody', { target: {} }, 'target'],
  ['an unknown group', { target: { groups: ['docks', 'nobody'] } }, 'target/groups/1'],
  ['an unknown person', { target: { people: ['nobody'] } }, 'target/people/0'],
  ['an unknown board', { target: { boards: ['attic'] } }, 'target/boards/0'],
  ['an unknown wall', { target: { walls: ['w1'] } }, 'target/walls/0'],
  [
    'an unknown exception',
    { target: { everyone: true, except: { groups: ['x'] } } },
    'target/except/groups/0',
  ],
  ['an unknown field of the target', { target: { everyone: true, all: true } }, 'target/all'],
  ['an end in the past', { expiresAt: MORNING }, 'expiresAt'],
  ['an end before the start', { startsAt: MORNING + 9_000, expiresAt: MORNING + 8_000 }, 'expiresAt'],
  ['half a millisecond', { expiresAt: MORNING + 0.5 }, 'expiresAt'],
  ['a start beyond all dates', { startsAt: 1e300 }, 'startsAt'],
  ['an update promised for the past', { nextUpdateAt: 5 }, 'nextUpdateAt'],
  ['a deadline in the past', { acknowledge: { lateAt: 5 } }, 'acknowledge/lateAt'],
  [
    'a choice twice',
    { acknowledge: { choices: [{ text: 'A' }, { text: 'A' }] } },
    'acknowledge/choices/1/text',
  ],
  [
    'six choices',
    { acknowledge: { choices: [...'abcdef'].map((text) => ({ text })) } },
    'acknowledge/choices',
  ],
  ['a long hold', { holdMs: 60_001 }, 'holdMs'],
  [
    'repeats for an unknown group',
    { repeat: { everyMinutes: 1, times: 1, thenGroup: 'x' } },
    'repeat/thenGroup',
  ],
];

test.each(bad)('%s is refused with the field, and nothing is stored', async (_, change, path) => {
  const answer = await call('ana', 'POST', '/announcements', { ...plain, ...change });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: 40001, issues: [{ path }] } } });
  expect((await call('ana', 'GET', '/announcements')).body.announcements).toEqual([]);
});

test('reach names an unknown part of the target, and counts a known one', async () => {
  const wrong = await call('ana', 'POST', '/announcements/reach', { target: { groups: ['x'] } });
  expect(wrong).toMatchObject({ status: 400, body: { error: { issues: [{ path: 'target/groups/0' }] } } });
  const right = await call('ana', 'POST', '/announcements/reach', { target: { groups: ['docks'] } });
  expect(right).toMatchObject({ status: 200, body: { people: 1, unreachable: 1 } });
});

test('[WHO-1] without sign-in 401, without the role 403, of others 404', async () => {
  const { body } = await call('ana', 'POST', '/announcements', { ...plain, target: { people: ['carol'] } });
  expect((await call(undefined, 'GET', '/announcements')).status).toBe(401);
  expect((await call('bob', 'POST', '/announcements', plain)).status).toBe(403);
  expect((await call('bob', 'GET', '/announcements?scope=all')).status).toBe(403);
  expect((await call('bob', 'GET', `/announcements/${body.id}`)).status).toBe(404);
  expect(
    (await call('bob', 'POST', `/announcements/${body.id}/receipts`, { revision: 1, state: 'seen' })).status,
  ).toBe(404);
  expect((await call('meter', 'GET', '/announcements')).status).toBe(403);
  expect((await call('bob', 'GET', '/announcements')).body).toEqual({ announcements: [] });
  expect((await call('ana', 'GET', '/announcements?limit=0')).status).toBe(400);
});
