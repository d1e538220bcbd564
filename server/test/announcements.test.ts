import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReceiptsChanged } from '../../shared/api/announcements.ts';
import type { Announcement } from '../../shared/domain/announcement.ts';
import { ServerProcess } from './server-process.ts';
import { TestClient } from './test-client.ts';

const PASSPHRASE = 'tide gauge brass kettle';
let server: ServerProcess;
let docks: string;

beforeAll(async () => {
  server = await ServerProcess.start();
  const admin = { login: 'ana', name: 'Ana', password: PASSPHRASE };
  await server.call('POST', '/setup', { token: server.setupToken, place: 'Harbour', ...admin });
  docks = (await server.call<{ id: string }>('POST', '/groups', { name: 'Docks' })).body.id;
  await addPerson('eva', 'announcer', []);
  await addPerson('bob', 'viewer', [docks]);
  await addPerson('carol', 'viewer', []);
});

afterAll(() => server.remove());

async function addPerson(login: string, role: string, groups: string[]): Promise<void> {
  const person = { login, name: login, role, groups, password: PASSPHRASE };
  expect((await server.call('POST', '/people', person)).status).toBe(201);
}

async function signIn(login: string): Promise<string> {
  const response = await fetch(`${server.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ login, password: PASSPHRASE }),
  });
  expect(response.status).toBe(200);
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function connect(cookie: string): Promise<TestClient> {
  return TestClient.connect(server.wsUrl, { cookie, origin: server.url });
}

const send = (content: object): Promise<{ status: number; body: Announcement }> =>
  server.call('POST', '/announcements', { severity: 'warning', ...content });

test('[TGT-1] [ANN-3] a group gets it on all devices; an acknowledgement is known to them and to the sender', async () => {
  const [eva, bob, carol] = [await signIn('eva'), await signIn('bob'), await signIn('carol')];
  const [sender, phone, desk, other] = await Promise.all([eva, bob, bob, carol].map(connect));
  const { body: sent } = await send({ title: 'Docks', target: { groups: [docks] }, acknowledge: {} });
  const mine = (client: TestClient, state: string) =>
    client.next('announcement', ({ announcement: one }) => one.id === sent.id && one.mine.state === state);
  await Promise.all([mine(phone!, 'none'), mine(desk!, 'none')]);

  const receipt = { type: 'receipt', announcement: sent.id, revision: 1, state: 'acknowledged' };
  expect(await phone!.request(receipt)).toMatchObject({ type: 'ok' });
  await mine(desk!, 'acknowledged');
  await sender!.next('message', ({ event, data }) => {
    const told = data as ReceiptsChanged;
    return event === '$receipts' && told.id === sent.id && told.counts.acknowledged === 1;
  });
  expect(await other!.request(receipt)).toMatchObject({ type: 'error', name: 'notFound' });
  expect(other!.all('announcement')).toEqual([]);
  await Promise.all([sender, phone, desk, other].map((one) => one!.close()));
});

test('[ANN-1] what was answered with 201 is in force after kill -9, with its receipts, and planned ones go out', async () => {
  const cookie = await signIn('carol');
  const before = await connect(cookie);
  const { body: seen } = await send({ title: 'Seen', target: { people: ['carol'] } });
  const report = { type: 'receipt', announcement: seen.id, revision: 1, state: 'seen' };
  expect(await before.request(report)).toMatchObject({ type: 'ok' });
  const { body: planned } = await send({
    title: 'Planned',
    target: { people: ['carol'] },
    startsAt: Date.now() + 1_000,
  });
  const { status, body: last } = await send({ title: 'Last', target: { everyone: true } });
  expect(status).toBe(201);
  await server.end('SIGKILL');
  await server.start();

  const after = await connect(cookie);
  await after.next('announcement', ({ announcement }) => announcement.id === planned.id);
  const states = new Map(after.all('announcement').map(({ announcement: one }) => [one.id, one]));
  expect(states.get(seen.id)).toMatchObject({ state: 'live', mine: { state: 'seen' } });
  expect(states.get(last.id)).toMatchObject({ state: 'live', mine: { state: 'none' } });
  expect(after.last('welcome').inForce).toEqual(expect.arrayContaining([seen.id, last.id]));
  await after.close();
});
