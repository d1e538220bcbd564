import { afterEach, expect, test } from 'vitest';
import { EventReader } from './event-reader.ts';
import { ServerProcess } from './server-process.ts';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

/** Starting a process from source takes seconds on a busy machine. */
const PATIENCE_MS = 90_000;
/** More than the kernel hides of a line on this machine, both sides together. */
const MUCH = { publications: 40, bytes: 400_000 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function startProcess(): Promise<ServerProcess> {
  const server = await ServerProcess.start();
  closing.push(() => server.remove());
  return server;
}

async function openPlace(): Promise<TestPlace> {
  const place = await TestPlace.open();
  closing.push(() => place.close());
  return place;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_one, at) => from + at);

test(
  '[REC-3] a reader cut by kill -9 goes on with its last id after the restart, nothing lost or doubled',
  async () => {
    const server = await startProcess();
    const options = { key: server.adminKey, channels: ['kill.a', 'kill.b'] };
    const reader = await EventReader.open(server.url, options);
    await reader.until(() => reader.all('subscribed').length === 2);
    let acknowledged = 0;
    const publishing = (async () => {
      for (;;) {
        const one = (channel: string) => ({ channel, data: 'x'.repeat(500) });
        const publications = [...range(1, 20).map(() => one('kill.a')), one('kill.b')];
        const reply = await server.call('POST', '/publish', { publications }).catch(() => undefined);
        if (reply?.status !== 200) return;
        acknowledged += 20;
      }
    })();
    await reader.until(() => reader.offsets('kill.a').length >= 400);
    await server.end('SIGKILL');
    await publishing;
    expect(await reader.ended).toBe('cut');

    await server.start();
    await server.call('POST', '/publish', { channel: 'kill.a', data: 'last' });
    const again = await EventReader.open(server.url, { ...options, lastEventId: reader.lastId });
    await again.next('publication', ({ data }) => data === 'last');
    await again.until(() => again.all('subscribed').length === 2);
    const [heard, heardOther] = ['kill.a', 'kill.b'].map((channel) => [
      ...reader.offsets(channel),
      ...again.offsets(channel),
    ]);
    expect(heard).toEqual(range(1, heard!.length));
    expect(heard!.length).toBeGreaterThan(acknowledged);
    expect(heardOther).toEqual(range(1, heardOther!.length));
    expect(again.all('subscribed')).toMatchObject([{ recovered: true }, { recovered: true }]);
    await again.cut();
  },
  PATIENCE_MS,
);

test(
  '[DRN-1] on SIGTERM each reader is told when to come back, its answer ends properly, exit code 0',
  async () => {
    const server = await startProcess();
    const open = () => EventReader.open(server.url, { key: server.adminKey, channels: ['drain.a'] });
    const readers = await Promise.all(range(1, 5).map(open));
    for (const reader of readers) await reader.next('subscribed');
    const exit = server.end('SIGTERM');
    for (const reader of readers) {
      const { data } = await reader.next('reconnect');
      expect(data.inMs).toBeLessThanOrEqual(30_000);
      expect(reader.parser.retryMs).toBe(data.inMs);
      expect(await reader.ended).toBe('properly');
      expect(reader.events.at(-1)?.event).toBe('reconnect');
    }
    expect(await exit).toBe(0);
  },
  PATIENCE_MS,
);

async function stall(place: TestPlace): Promise<{ stalled: EventReader; fast: EventReader; id: string }> {
  const open = () => EventReader.open(place.url, { key: ADMIN_KEY, channels: ['slow.a'] });
  const [stalled, fast] = [await open(), await open()];
  for (const reader of [stalled, fast]) await reader.next('subscribed');
  const { clientId } = (await stalled.next('welcome')).data;
  stalled.pause();
  const data = 'x'.repeat(MUCH.bytes);
  for (let n = 0; n < MUCH.publications; n += 1) {
    await place.admin('POST', '/publish', { channel: 'slow.a', data });
  }
  await fast.next('publication', ({ offset }) => offset === MUCH.publications);
  return { stalled, fast, id: String(clientId) };
}

const connectionOf = async (place: TestPlace, id: string) =>
  (await place.admin('GET', '/connections')).connections.find((one: { id: string }) => one.id === id);

test(
  '[SLOW-1] [T85] a reader that stalls holds up nobody, binds little memory, and then gets all it missed',
  async () => {
    const place = await openPlace();
    const { stalled, fast, id } = await stall(place);
    const { slow, outboxBytes } = await connectionOf(place, id);
    expect(slow).toBe(true);
    // 16 MB were published: what waits here is the window and the one publication that passed it.
    expect(outboxBytes).toBeLessThan(2 * 256 * 1024 + MUCH.bytes);
    stalled.resume();
    await stalled.next('publication', ({ offset }) => offset === MUCH.publications);
    expect(stalled.offsets('slow.a')).toEqual(range(1, MUCH.publications));
    expect(stalled.all('gap')).toEqual([]);
    await expect.poll(() => connectionOf(place, id)).toMatchObject({ slow: false });
    await Promise.all([stalled.cut(), fast.cut()]);
  },
  PATIENCE_MS,
);

test(
  '[T85] a reader that takes nothing for 30 s is sent away, and goes on from its last id',
  async () => {
    const place = await openPlace();
    const { stalled, fast, id } = await stall(place);
    place.time.now += 29_000;
    expect(await connectionOf(place, id)).toBeDefined();
    place.time.now += 1_001;
    await expect.poll(() => connectionOf(place, id), { timeout: 5_000 }).toBeUndefined();
    stalled.resume();
    // Whether the last words reach it depends on how soon after them it wakes up.
    if ((await stalled.ended) === 'properly')
      expect(stalled.events.at(-1)).toMatchObject({ event: 'close', data: { code: 4401 } });
    const again = await EventReader.open(place.url, {
      key: ADMIN_KEY,
      channels: ['slow.a'],
      lastEventId: stalled.lastId,
    });
    await again.next('publication', ({ offset }) => offset === MUCH.publications);
    expect([...stalled.offsets('slow.a'), ...again.offsets('slow.a')]).toEqual(range(1, MUCH.publications));
    await Promise.all([again.cut(), fast.cut()]);
  },
  PATIENCE_MS,
);
