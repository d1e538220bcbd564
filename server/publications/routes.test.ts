import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, MAX_MESSAGE_BYTES, NOW, RoutesFixture } from './routes-fixture.ts';

const server = new RoutesFixture();
let channelNumber = 0;
/** A channel of its own for each test. */
let channel: string;

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  channel = `pumps.n${++channelNumber}`;
  server.forget();
});

test('[DUR-1] a publication is answered with its position, kept, and told to the hubs once', async () => {
  const { status, body } = await server.publish({ channel, data: { bar: 3.4 }, time: NOW - 5, key: 'k' });
  expect([status, body]).toEqual([200, { results: [{ channel, epoch: expect.any(String), offset: 1 }] }]);
  const again = await server.publish({ channel, data: { bar: 3.4 }, key: 'k' });
  expect(again.body.results).toEqual([{ ...body.results[0], duplicate: true }]);
  expect(server.heard).toEqual([
    { channel, epoch: body.results[0].epoch, offset: 1, time: NOW - 5, data: '{"bar":3.4}' },
  ]);
  const history = await server.ask('GET', `/channels/${channel}/history`, undefined, 'viewer');
  expect(history.body).toEqual({
    epoch: body.results[0].epoch,
    publications: [{ offset: 1, time: NOW - 5, data: { bar: 3.4 } }],
  });
});

test('[BAT-1] a single publication fails with its own status, and nothing of it is kept', async () => {
  await server.publish({ channel, data: 1, key: 'k' });
  const deep = JSON.parse('['.repeat(21) + ']'.repeat(21));
  const wide = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`k${index}`, 0]));
  const refused: [unknown, number, number, string][] = [
    [{ channel, data: 2, key: 'k' }, 409, 40901, ''],
    [{ channel, data: 'x'.repeat(MAX_MESSAGE_BYTES) }, 413, 41301, 'data'],
    [{ channel, data: deep }, 400, 40001, 'data'],
    [{ channel, data: wide }, 400, 40001, 'data'],
    [{ channel, data: 1, time: NOW + 24 * 3_600_000 + 1 }, 400, 40001, 'time'],
    [{ channel, data: 1, time: 'now' }, 400, 40001, 'time'],
    [{ channel }, 400, 40001, 'data'],
    [{ channel, data: 1, color: 'red' }, 400, 40001, 'color'],
    [{ channel: 'no good', data: 1 }, 400, 40003, 'channel'],
    [{}, 400, 40003, 'channel'],
    [{ channel, data: 1, key: '' }, 400, 40001, 'key'],
    [{ channel: '$hub', data: 1 }, 403, 40301, ''],
    [{ channel: 'system.host', data: 1 }, 403, 40301, ''],
  ];
  for (const [body, status, code, path] of refused) {
    const answer = await server.publish(body);
    expect([answer.status, answer.body.error.code], JSON.stringify(body).slice(0, 60)).toEqual([
      status,
      code,
    ]);
    expect(answer.body.error.issues?.[0]?.path ?? '').toBe(path);
  }
  expect(await server.kept(channel)).toEqual([1]);
  expect(server.heard.length).toBe(1);
});

test('[BAT-1] faults of the envelope refuse all of a batch', async () => {
  const item = { channel, data: 1 };
  const faults: unknown[] = [
    { publications: [] },
    { publications: Array.from({ length: 1_001 }, () => item) },
    { publications: [item], channel, data: 1 },
    { publications: item },
    { publications: [item], atomic: true },
  ];
  for (const body of faults) {
    const answer = await server.publish(body);
    expect([answer.status, answer.body.error.code], JSON.stringify(body).slice(0, 60)).toEqual([400, 40001]);
  }
  const large = { publications: Array.from({ length: 1_000 }, () => ({ channel, data: 'x'.repeat(9_000) })) };
  expect((await server.publish(large)).status).toBe(413);
  expect(await server.kept(channel)).toEqual([]);
});

test('a number that JSON reads as infinite is refused with its path, and not kept as null', async () => {
  const faulty = `{"channel":"${channel}","data":{"a":[0,1e400]}}`;
  const post = (path: string, body: string) => server.askRaw(path, body, 'application/json');
  const single = await post('/publish', faulty);
  expect([single.status, single.body.error.code]).toEqual([400, 40001]);
  expect(single.body.error.issues).toEqual([
    { path: 'data/a/1', message: 'is a number too large to be kept' },
  ]);
  const batch = await post('/publish', `{"publications":[${faulty},{"channel":"${channel}","data":1e308}]}`);
  expect(batch.body.results).toMatchObject([
    { error: { code: 40001, issues: [{ path: 'data/a/1' }] } },
    { offset: 1 },
  ]);
  const raw = await post(`/channels/${channel}`, '-1e400');
  expect(raw.body.error).toMatchObject({ code: 40001, issues: [{ path: 'data' }] });
  expect(await server.kept(channel)).toEqual([1e308]);
});

test('a publication may have as many bytes, and a batch as many items, as the limit says', async () => {
  const data = (bytes: number): string => 'x'.repeat(bytes - 2);
  for (const bytes of [MAX_MESSAGE_BYTES - 1, MAX_MESSAGE_BYTES]) {
    expect((await server.publish({ channel, data: data(bytes) })).status).toBe(200);
    expect((await server.askRaw(`/channels/${channel}`, JSON.stringify(data(bytes)))).status).toBe(200);
  }
  const large = JSON.stringify(data(MAX_MESSAGE_BYTES + 1));
  expect((await server.publish({ channel, data: JSON.parse(large) })).status).toBe(413);
  expect((await server.askRaw(`/channels/${channel}`, large)).status).toBe(413);
  const batch = async (count: number): Promise<number> => {
    const publications = Array.from({ length: count }, () => ({ channel, data: 1 }));
    return (await server.publish({ publications })).status;
  };
  expect([await batch(999), await batch(1_000), await batch(1_001)]).toEqual([200, 200, 400]);
});

test('[BAT-1] items of a batch stand alone, and results come in their order', async () => {
  const { status, body } = await server.publish({
    publications: [
      { channel, data: 'a', key: 'k' },
      { channel, data: 'x'.repeat(MAX_MESSAGE_BYTES) },
      { channel, data: 'a', key: 'k' },
      { channel, data: 'b', key: 'k' },
      { channel: '$hub', data: 1 },
      { channel: 'no good', data: 1 },
      'not an object',
      { channel, data: 'c' },
    ],
  });
  expect(status).toBe(200);
  expect(body.results).toMatchObject([
    { offset: 1 },
    { error: { code: 41301 } },
    { offset: 1, duplicate: true },
    { error: { code: 40901 } },
    { error: { code: 40301 } },
    { error: { code: 40003 } },
    { error: { code: 40001 } },
    { offset: 2 },
  ]);
  expect(await server.kept(channel)).toEqual(['a', 'c']);
  expect(server.heard.map((one) => one.offset)).toEqual([1, 2]);
});

test('[ORD-1] the hubs hear publications of a channel in offset order, however many producers there are', async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      server.publish({
        publications: Array.from({ length: 1 + (index % 5) }, () => ({ channel, data: index })),
      }),
    ),
  );
  expect(server.heard.map((one) => one.offset)).toEqual(server.heard.map((_, index) => index + 1));
  expect(server.heard.length).toBe(180);
});

test('[TIM-1] the raw route takes JSON as JSON and all else as text, whatever its type says', async () => {
  const raw = (body: string, query = ''): Promise<Answer> =>
    server.askRaw(`/channels/${channel}${query}`, body);
  expect((await raw('3.4\n')).body).toEqual({ channel, epoch: expect.any(String), offset: 1 });
  await raw('{"a": [1,\n 2]}');
  await raw('all well\r\n');
  await raw('two\n\n');
  await raw('12 bar', `?time=${NOW - 7}&key=k`);
  expect((await raw('12 bar', '?key=k')).body).toMatchObject({ offset: 5, duplicate: true });
  expect(await server.kept(channel)).toEqual([3.4, { a: [1, 2] }, 'all well', 'two\n', '12 bar']);
  expect(server.heard.at(-1)!.time).toBe(NOW - 7);
});

test('[TIM-1] the raw route refuses an empty body, text that is not UTF-8, and a query that it does not know', async () => {
  const path = `/channels/${channel}`;
  const notUtf8 = new Uint8Array([0x22, 0xff, 0x22]);
  for (const [body, query] of [
    ['', ''],
    ['\n', ''],
    [notUtf8, ''],
    ['1', '?time=soon'],
    ['1', '?colour=red'],
  ] as const) {
    const answer = await server.askRaw(path + query, body);
    expect([answer.status, answer.body.error.code]).toEqual([400, 40001]);
  }
  expect((await server.askRaw('/channels/no%20good', '1')).body.error.code).toBe(40003);
  expect((await server.askRaw(path, 'x'.repeat(3_000))).status).toBe(413);
  expect(await server.kept(channel)).toEqual([]);
});

test('[TIM-1] an empty number in a query is no number, and not the year 1970', async () => {
  for (const query of ['time=', 'time=x', 'time=1e999', 'time=-1']) {
    const answer = await server.askRaw(`/channels/${channel}?${query}`, '1', 'text/plain');
    expect(answer.body.error, query).toMatchObject({ code: 40001, issues: [{ path: 'time' }] });
  }
  expect(await server.kept(channel)).toEqual([]);
});

test('[WHO-1] a viewer reads but does not publish; a key does what its scopes say', async () => {
  expect((await server.publish({ channel, data: 1 }, 'viewer')).body.error.code).toBe(40301);
  expect((await server.publish({ channel, data: 1 }, 'pumps')).status).toBe(200);
  expect((await server.publish({ channel: 'valves', data: 1 }, 'pumps')).status).toBe(403);
  expect((await server.ask('GET', '/channels/valves/history', undefined, 'pumps')).status).toBe(403);
  expect((await server.ask('GET', '/channels/$hub/history', undefined, 'viewer')).status).toBe(403);
  expect((await server.publish({ channel, data: 1 }, 'nobody')).status).toBe(401);
  expect((await server.ask('PATCH', `/channels/${channel}`, {}, 'viewer')).status).toBe(403);
  expect((await server.ask('DELETE', `/channels/${channel}`, undefined, 'pumps')).status).toBe(403);
});

test('[LST-1] channels are listed in pages, only those that the account may read', async () => {
  await server.publish({
    publications: ['list.a', 'list.b', 'list.c', 'pumps.list'].map((name) => ({ channel: name, data: 1 })),
  });
  const list = async (query: string, as: string): Promise<Answer['body']> =>
    (await server.ask('GET', `/channels${query}`, undefined, as)).body;
  const first = await list('?match=list.*&limit=2', 'viewer');
  expect(first.next).toBe('list.b');
  expect(first.channels[0]).toEqual({
    channel: 'list.a',
    epoch: expect.any(String),
    offset: 1,
    oldest: 1,
    rate: 0.5,
    lastTime: NOW,
    subscribers: 3,
    options: {},
  });
  const rest = await list('?match=list.*&limit=2&after=list.b', 'viewer');
  expect([rest.channels.length, rest.next]).toEqual([1, undefined]);
  const own = await list('', 'pumps');
  expect(own.channels.every((one: { channel: string }) => one.channel.startsWith('pumps.'))).toBe(true);
  expect(own.channels.length).toBeGreaterThan(0);
});

test('[HIS-1] history is read in pages by offset, of one epoch, or thinned to points', async () => {
  const items = Array.from({ length: 10 }, (_, index) => ({ channel, data: index, time: NOW - 10 + index }));
  const { body } = await server.publish({ publications: items });
  const history = async (query: string): Promise<Answer> =>
    server.ask('GET', `/channels/${channel}/history${query}`);
  const page = (await history('?limit=4')).body;
  expect([page.publications.length, page.next]).toEqual([4, 4]);
  const rest = (await history('?limit=100&after=4')).body;
  expect([rest.publications.length, rest.next]).toEqual([6, undefined]);
  const part = (await history(`?from=${NOW - 8}&to=${NOW - 5}`)).body.publications;
  expect(part.map((one: { data: number }) => one.data)).toEqual([2, 3, 4]);
  expect((await history(`?from=${NOW - 10}&to=${NOW}&points=1`)).body).toEqual({
    epoch: body.results[0].epoch,
    buckets: [{ from: NOW - 10, to: NOW, count: 10, fields: { '': [0, 9, 9] } }],
  });
  expect((await history('?epoch=another')).body.error.code).toBe(41001);
  expect((await history(`?epoch=${body.results[0].epoch}`)).status).toBe(200);
  for (const query of [
    '?limit=0',
    '?limit=1001',
    '?points=5001',
    '?from=x',
    '?from=5&to=4',
    '?after=-1',
    '?what=1',
  ]) {
    expect((await history(query)).body.error.code, query).toBe(40001);
  }
});

test('[REC-6] options are set one by one; a change of durability and a drop end the epoch for the hubs', async () => {
  const first = (await server.publish({ channel, data: 1 })).body.results[0];
  const path = `/channels/${channel}`;
  const changed = await server.ask('PATCH', path, { conflateBy: '/node', retention: { hours: 1 } });
  expect(changed.body).toMatchObject({
    channel,
    epoch: first.epoch,
    offset: 1,
    options: { conflateBy: '/node' },
  });
  expect(server.ended).toEqual([]);
  const moved = await server.ask('PATCH', path, { durability: 'memory' });
  expect(moved.body).toMatchObject({ offset: 0, options: { conflateBy: '/node', durability: 'memory' } });
  expect(moved.body.epoch).not.toBe(first.epoch);
  expect(server.ended).toEqual([channel]);
  for (const bad of [
    { durability: 'paper' },
    { retention: { years: 1 } },
    { colour: 1 },
    { conflateBy: 'node' },
  ]) {
    expect((await server.ask('PATCH', path, bad)).body.error.code).toBe(40001);
  }
  expect((await server.ask('DELETE', path)).status).toBe(204);
  expect(server.ended).toEqual([channel, channel]);
  expect((await server.ask('DELETE', path)).body.error.code).toBe(40401);
});
