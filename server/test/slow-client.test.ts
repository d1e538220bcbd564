import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionsReply } from '../../shared/api/connections.ts';
import { startServer, type TestServer } from './start-server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('[SLOW-1] a reader that stalls holds up nobody, hears announcements first, and then gets all it missed', async () => {
  const [slow, fast] = [await server.connect(), await server.connect()];
  for (const client of [slow, fast]) await client.subscribe('load');
  slow.ws.pause();
  const data = 'x'.repeat(20_000);
  const count = 100;
  for (let at = 0; at < count; at += 10)
    await server.publish('load', ...Array.from({ length: 10 }, () => data));
  await fast.next('publication', ({ offset }) => offset === count);

  const { body } = await server.call<ConnectionsReply>('GET', '/connections?sort=slowest');
  expect(body.totals.slow).toBe(1);
  expect(body.connections[0]).toMatchObject({ id: slow.clientId, slow: true });
  // Two megabytes are waiting for it, but little more than 256 KiB were written before it stopped to confirm.
  expect(body.connections[0]!.outboxBytes).toBeLessThan(600_000);

  await server.call('POST', '/send', { target: { connections: [slow.clientId] }, event: 'fire', data: null });
  slow.ws.resume();
  await slow.next('message');
  const before = slow.messages.findIndex(({ type }) => type === 'message');
  expect(before).toBeLessThan(count / 2);
  await slow.next('publication', ({ offset }) => offset === count);
  expect(slow.all('publication').map(({ offset }) => offset)).toEqual(
    fast.all('publication').map(({ offset }) => offset),
  );
  expect(slow.all('gap')).toEqual([]);

  await server.publish('load', 'again');
  await slow.next('publication', ({ offset }) => offset === count + 1);
  const after = await server.call<ConnectionsReply>('GET', '/connections');
  expect(after.body.totals.slow).toBe(0);
});
