import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Announcement } from '../../shared/domain/announcement.ts';
import { EventReader, type EventReaderOptions } from './event-reader.ts';
import { ADMIN_KEY, TestPlace } from './test-place.ts';

let place: TestPlace;
const readers: EventReader[] = [];

beforeAll(async () => {
  place = await TestPlace.open({ MAX_CONNECTIONS_PER_ACCOUNT: '2' });
  await place.setUp();
  for (const login of ['bob', 'eva', 'joe']) await place.addPerson(login, 'viewer');
});
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.cut()));
});
afterAll(() => place.close());

async function open(channels: string[], options: EventReaderOptions = {}): Promise<EventReader> {
  const who = options.cookie === undefined && options.key === undefined ? { key: ADMIN_KEY } : {};
  const reader = await EventReader.open(place.url, { ...who, channels, ...options });
  readers.push(reader);
  return reader;
}

/** A reader that hears all its channels already. */
async function openLive(channels: string[], options: EventReaderOptions = {}): Promise<EventReader> {
  const reader = await open(channels, options);
  await reader.until(() => reader.all('subscribed').length === channels.length);
  return reader;
}

async function publish(channel: string, ...data: unknown[]): Promise<void> {
  await place.admin('POST', '/publish', { publications: data.map((one) => ({ channel, data: one })) });
}

const upTo = (reader: EventReader, channel: string, offset: number) =>
  reader.until(() => reader.offsets(channel).at(-1) === offset);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_one, at) => from + at);

const refusal = (opening: Promise<EventReader>): Promise<string> =>
  opening.then(
    () => 'it was accepted',
    (error: Error) => error.message,
  );

describe('what a stream brings', () => {
  test('[SSE-1] it begins with a head that no proxy keeps, a retry, and the welcome', async () => {
    const reader = await open([]);
    expect(reader.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'transfer-encoding': 'chunked',
    });
    expect(reader.response.headers['content-encoding']).toBeUndefined();
    const { data, id } = await reader.next('welcome');
    expect(data).toMatchObject({
      protocol: 1,
      account: { id: 'key:admin' },
      heartbeatMs: 15_000,
      inForce: [],
    });
    expect(data).not.toHaveProperty('type');
    expect(id).toBe('');
    expect(reader.parser.retryMs).toBeGreaterThanOrEqual(1_000);
    expect(reader.parser.retryMs).toBeLessThanOrEqual(31_000);
  });

  test('[ORD-1] [SSE-1] publications come in order, as a WebSocket gets them but for the type', async () => {
    const reader = await openLive(['order.a']);
    expect(reader.all('subscribed')).toEqual([
      { channel: 'order.a', epoch: expect.any(String), offset: 0, after: 0 },
    ]);
    for (let batch = 0; batch < 10; batch += 1) await publish('order.a', ...range(1, 20));
    await upTo(reader, 'order.a', 200);
    expect(reader.offsets('order.a')).toEqual(range(1, 200));
    expect(reader.all('publication')[0]).toEqual({
      channel: 'order.a',
      offset: 1,
      time: expect.any(Number),
      data: 1,
    });
    const ids = reader.events.filter(({ event }) => event === 'publication').map(({ id }) => id);
    expect(new Set(ids).size).toBe(200);
  });

  test('[T64] data that looks like fields of an event stays data', async () => {
    const reader = await openLive(['inject.a']);
    const nasty = 'x\n\nevent: publication\nid: 1\ndata: {}\n\n\r\r\u2028\0: comment\nretry: 1';
    await publish('inject.a', nasty, { [nasty]: nasty });
    await place.call('POST', '/channels/inject.a', `{\r\n"pretty":\n\n1\r}`, { key: ADMIN_KEY });
    await upTo(reader, 'inject.a', 3);
    expect(reader.all('publication').map(({ data }) => data)).toEqual([
      nasty,
      { [nasty]: nasty },
      { pretty: 1 },
    ]);
    expect(reader.parser.retryMs).toBeGreaterThanOrEqual(1_000);
    await place.admin('POST', '/send', {
      target: { connections: [(await reader.next('welcome')).data.clientId] },
      event: 'a\nid: 9',
      data: nasty,
    });
    expect((await reader.next('message')).data).toEqual({ event: 'a\nid: 9', data: nasty });
    expect(reader.events.every(({ id }) => id !== '9' && id !== '1')).toBe(true);
  });

  test('[REC-1] a stream that goes on from any of its ids gets what came after it, once', async () => {
    const channels = ['resume.a', 'resume.b'];
    const first = await openLive(channels);
    for (const n of range(1, 10)) {
      await publish('resume.a', n);
      if (n % 2 === 0) await publish('resume.b', n);
    }
    await upTo(first, 'resume.a', 10);
    await upTo(first, 'resume.b', 5);
    await first.cut();
    await publish('resume.a', 11);
    await publish('resume.b', 6);
    const heard = first.events.filter(({ id }) => id !== '');
    expect(heard).toHaveLength(17);
    for (const [at, { id }] of heard.entries()) {
      const had = (channel: string): number[] =>
        heard
          .slice(0, at + 1)
          .filter(({ event, data }) => event === 'publication' && data.channel === channel)
          .map(({ data }) => Number(data.offset));
      const again = await open(channels, at % 2 === 0 ? { lastEventId: id } : { since: id });
      // Before the second `subscribed` the id holds one channel only, and the other begins live.
      const known = at > 0 ? channels : channels.filter((channel) => channel === heard[0]!.data.channel);
      for (const channel of known) {
        const end = channel === 'resume.a' ? 11 : 6;
        await upTo(again, channel, end);
        expect([...had(channel), ...again.offsets(channel)]).toEqual(range(1, end));
      }
      if (at > 0) expect(again.all('subscribed').every(({ recovered }) => recovered === true)).toBe(true);
      await again.cut();
    }
  });

  test('[SSE-1] what a reader says itself goes before what its address said at first', async () => {
    const reader = await openLive(['both.a']);
    await publish('both.a', 1, 2, 3);
    await upTo(reader, 'both.a', 3);
    const [, one, two] = reader.events.filter(({ id }) => id !== '');
    const again = await open(['both.a'], { since: one!.id, lastEventId: two!.id });
    await upTo(again, 'both.a', 3);
    expect(again.offsets('both.a')).toEqual([3]);
  });

  test('[REC-2] the id of an empty channel is a place to go on from too', async () => {
    const reader = await openLive(['empty.a']);
    await reader.cut();
    await publish('empty.a', 1, 2);
    const again = await open(['empty.a'], { since: reader.lastId });
    await upTo(again, 'empty.a', 2);
    expect(again.offsets('empty.a')).toEqual([1, 2]);
  });

  test('[REC-1] further back than a recovery reaches: a gap tells the missing range before the next publication', async () => {
    const reader = await openLive(['far.a']);
    await publish('far.a', 1);
    await upTo(reader, 'far.a', 1);
    await reader.cut();
    for (let batch = 0; batch < 11; batch += 1) await publish('far.a', ...range(1, 1_000));
    const again = await open(['far.a'], { since: reader.lastId });
    await upTo(again, 'far.a', 11_001);
    const [subscribed, gap, publication] = again.events.slice(1);
    expect(subscribed).toMatchObject({
      event: 'subscribed',
      data: { recovered: false, reason: 'limit', offset: 11_001, after: 1 },
    });
    expect(gap).toMatchObject({ event: 'gap', data: { from: 2, to: 11_000, reason: 'limit' } });
    expect(publication).toMatchObject({ event: 'publication', data: { offset: 11_001 } });
    // Cut between the two, it hears of the gap again; after the gap, it hears of it no more.
    const before = await open(['far.a'], { since: subscribed!.id });
    await before.next('gap', ({ from }) => from === 2);
    const after = await open(['far.a'], { since: gap!.id });
    await upTo(after, 'far.a', 11_001);
    expect(after.all('gap')).toEqual([]);
  });

  test('[REC-6] a channel that is dropped goes on in its new numbering', async () => {
    const reader = await openLive(['drop.a']);
    await publish('drop.a', 1, 2);
    await upTo(reader, 'drop.a', 2);
    await place.admin('DELETE', '/channels/drop.a');
    expect((await reader.next('unsubscribed')).data).toMatchObject({ channel: 'drop.a', code: 41001 });
    await reader.next('subscribed', ({ reason }) => reason === 'epoch');
    await publish('drop.a', 'anew');
    await reader.until(() => reader.offsets('drop.a').join() === '1,2,1');
    const again = await openLive(['drop.a'], { since: reader.lastId });
    expect(again.all('subscribed')).toMatchObject([{ recovered: true, offset: 1 }]);
  });
});

describe('announcements', () => {
  const announce = (title: string, target: object): Promise<Announcement> =>
    place.admin('POST', '/announcements', { severity: 'info', title, target });

  test('[ANN-1] those in force come first, then live ones; only the receipts route makes them delivered', async () => {
    const cookie = await place.signIn('bob');
    const early = await announce('Early', { people: ['bob'] });
    const reader = await open([], { cookie });
    expect((await reader.next('welcome')).data).toMatchObject({ inForce: [early.id] });
    const [, inForce] = reader.events;
    expect(inForce).toMatchObject({
      event: 'announcement',
      id: '',
      data: { announcement: { title: 'Early' } },
    });
    await announce('For Eva', { people: ['eva'] });
    const late = await announce('Late', { everyone: true });
    await reader.next('announcement', (data) => (data.announcement as Announcement).id === late.id);
    expect(reader.all('announcement').map((data) => (data.announcement as Announcement).title)).toEqual([
      'Early',
      'Late',
    ]);

    const counts = async () => (await place.admin('GET', `/announcements/${early.id}/receipts`)).counts;
    expect(await counts()).toMatchObject({ targeted: 1, delivered: 0 });
    const receipt = { revision: early.revision, state: 'delivered' };
    const options = { cookie, origin: place.url };
    expect((await place.call('POST', `/announcements/${early.id}/receipts`, receipt, options)).status).toBe(
      200,
    );
    expect(await counts()).toMatchObject({ targeted: 1, delivered: 1 });

    await place.admin('POST', `/announcements/${early.id}/retract`, {});
    await reader.next('announcement', (data) => (data.announcement as Announcement).state === 'retracted');
    expect((await (await open([], { cookie })).next('welcome')).data.inForce).toEqual([late.id]);
  });
});

describe('who may', () => {
  test.each([
    ['nobody who is not signed in', {}, 'HTTP 401'],
    ['nobody with a wrong key', { key: 'cbk_wrong' }, 'HTTP 401'],
  ])('%s', async (_who, who, answer) => {
    expect(await refusal(EventReader.open(place.url, who))).toContain(answer);
  });

  test('[WHO-1] one forbidden channel refuses all of it, and is named', async () => {
    const cookie = await place.signIn('bob');
    const said = await refusal(open(['ok.a', '$connections'], { cookie }));
    expect(said).toContain('HTTP 403');
    expect(said).toContain('"path":"channels"');
    expect(said).toContain('$connections');
    const { key } = await place.addKey(['subscribe:pumps.*']);
    expect(await refusal(open(['pumps.north', 'orders'], { key }))).toContain('HTTP 403');
    await openLive(['pumps.north'], { key });
  });

  test.each([
    ['a bad name', '?channels=a,b%20c', 40003],
    ['an empty name', '?channels=a,,b', 40003],
    ['a pattern', '?channels=a.*', 40003],
    ['a channel twice', '?channels=a,a', 40001],
    ['more than 256', `?channels=${range(1, 257).join(',')}`, 40001],
    ['a list in another form', '?channels=a&channels=b', 40001],
    ['an unknown parameter', '?channels=a&token=b', 40001],
    ['an id that is none', '?channels=a&since=%0A', 40001],
    ['an id of another number of channels', '?channels=a,b&since=ZTox', 40001],
  ])('%s is refused', async (_what, query, code) => {
    const { body } = await place.call('GET', `/events${query}`, undefined, { key: ADMIN_KEY });
    expect(body.error.code).toBe(code);
  });

  test('a Last-Event-ID that is none is refused, and named', async () => {
    expect(await refusal(open(['a'], { lastEventId: 'ZTox.' }))).toMatch(/HTTP 400 .*"path":"Last-Event-ID"/);
  });

  test('256 channels are heard in one stream', async () => {
    const channels = range(1, 256).map((n) => `many.${n}`);
    const reader = await openLive(channels);
    await publish('many.256', 'x');
    await reader.next('publication');
    const again = await openLive(channels, { since: reader.lastId });
    expect(again.all('subscribed').every(({ recovered }) => recovered === true)).toBe(true);
  });

  test('HEAD is answered without a stream, other methods are not', async () => {
    const head = await place.call('HEAD', '/events', undefined, { key: ADMIN_KEY });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const post = await place.call('POST', '/events', {}, { key: ADMIN_KEY });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

describe('a client like any other', () => {
  const listed = async (id: unknown) =>
    (await place.admin('GET', '/connections')).connections.find((one: { id: unknown }) => one.id === id);

  test('it is listed while it is there, and an admin ends it with a reason', async () => {
    const cookie = await place.signIn('eva');
    const reader = await openLive(['seen.a', 'seen.b'], { cookie });
    const { clientId } = (await reader.next('welcome')).data;
    expect(await listed(clientId)).toMatchObject({ kind: 'browser', channels: 2, person: { name: 'eva' } });
    await place.admin('DELETE', `/connections/${clientId}`, { reason: 'Maintenance' });
    expect((await reader.next('close')).data).toEqual({ code: 4503, reason: 'Maintenance' });
    expect(await reader.ended).toBe('properly');
    expect(await listed(clientId)).toBeUndefined();

    const program = await open([]);
    const { clientId: other } = (await program.next('welcome')).data;
    expect(await listed(other)).toMatchObject({ kind: 'program', channels: 0 });
    await program.cut();
    await expect.poll(() => listed(other)).toBeUndefined();
  });

  test('[T44] it ends with its session, and does not come back with the same cookie', async () => {
    const cookie = await place.signIn('eva');
    const reader = await openLive(['seen.a'], { cookie });
    await place.call('DELETE', '/session', undefined, { cookie, origin: place.url });
    expect((await reader.next('close')).data).toMatchObject({ code: 4500 });
    expect(await reader.ended).toBe('properly');
    expect(await refusal(open(['seen.a'], { cookie }))).toContain('HTTP 401');
  });

  test('it counts among the connections of a person, together with WebSockets', async () => {
    const cookie = await place.signIn('joe');
    const socket = await place.connect(cookie);
    const reader = await openLive(['seen.a'], { cookie });
    expect(await refusal(open(['seen.a'], { cookie }))).toContain('HTTP 429');
    await reader.cut();
    await expect.poll(() => refusal(openLive(['seen.a'], { cookie }))).toBe('it was accepted');
    await socket.close();
  });
});
