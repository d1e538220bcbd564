import { afterEach, expect, test, vi } from 'vitest';
import { createClient } from '../test/recorder.ts';
import { createTestHub } from '../test/test-hub.ts';
import type { Hub } from './hub.ts';

const open: Hub[] = [];

function setUp(options: Parameters<typeof createTestHub>[0] = {}) {
  const made = createTestHub(options);
  open.push(made.hub);
  return { ...made, connect: (details = {}) => connect(made.hub, details) };
}

function connect(hub: Hub, details: Parameters<typeof createClient>[0] = {}) {
  const made = createClient(details);
  hub.register(made.client);
  return made;
}

afterEach(() => {
  for (const hub of open.splice(0)) hub.close();
  vi.useRealTimers();
});

test('[LAN-1] subscribed comes first, then publications as they are published', async () => {
  const { hub, publish, connect } = setUp({ flushMs: 0 });
  const { client, sink } = connect();
  await hub.subscribe(client, { id: 7, channel: 'a' });
  publish('a', { v: 1 }, { v: 2 });
  expect(sink.messages).toEqual([
    { type: 'subscribed', id: 7, channel: 'a', epoch: 'e1', offset: 0, publications: [] },
    { type: 'publication', channel: 'a', offset: 1, time: 1_000, data: { v: 1 } },
    { type: 'publication', channel: 'a', offset: 2, time: 1_000, data: { v: 2 } },
  ]);
});

test('viewers of the same channels share one frame, others hear nothing of it', async () => {
  const { hub, publish, connect } = setUp({ flushMs: 0 });
  const [one, two, other] = [connect(), connect(), connect()];
  for (const { client } of [one, two]) {
    await hub.subscribe(client, { channel: 'a' });
    await hub.subscribe(client, { channel: 'b' });
  }
  await hub.subscribe(other.client, { channel: 'c' });
  publish('a', 1);
  expect(one.sink.frames.at(-1)).toBe(two.sink.frames.at(-1));
  expect(other.sink.all('publication')).toEqual([]);
  expect(hub.subscribers('a')).toBe(2);
  expect(hub.stats()).toMatchObject({
    connections: 3,
    people: 1,
    subscriptions: 5,
    publications: 1,
    deliveries: 2,
  });
});

test('[FAN-1] the first publication goes at once, under load those of a window share a frame', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] });
  let clock = 1_000;
  const { hub, publish, connect } = setUp({ flushMs: 50, now: () => clock });
  const { client, sink } = connect();
  const subscribing = hub.subscribe(client, { channel: 'a' });
  await vi.advanceTimersByTimeAsync(1);
  await subscribing;
  // Each write takes 5 ms, so the window is 40 ms.
  sink.onWrite = () => {
    clock += 5;
  };
  publish('a', 1);
  expect(sink.offsets('a')).toEqual([1]);
  publish('a', 2);
  publish('a', 3);
  expect(sink.offsets('a')).toEqual([1]);
  const frames = sink.frames.length;
  clock += 40;
  await vi.advanceTimersByTimeAsync(50);
  expect(sink.offsets('a')).toEqual([1, 2, 3]);
  expect(sink.frames).toHaveLength(frames + 1);
});

test('[ORD-2] a hole in what the bus brings is filled from the log before anything behind it is shown', async () => {
  const { hub, log, bus, connect } = setUp({ flushMs: 0 });
  const { client, sink } = connect();
  await hub.subscribe(client, { channel: 'a' });
  const [first, second, third, fourth] = [1, 2, 3, 4].map((data) => log.add('a', data));
  bus.publish('publications', [first!]);
  bus.publish('publications', [third!]);
  expect(sink.offsets('a')).toEqual([1]);
  bus.publish('publications', [second!, fourth!]);
  await vi.waitFor(() => expect(sink.offsets('a')).toEqual([1, 2, 3, 4]));
});

test('[ORD-2] a hole that the log cannot fill any more is announced as a gap', async () => {
  const { hub, log, bus, connect } = setUp({ flushMs: 0 });
  const { client, sink } = connect();
  await hub.subscribe(client, { channel: 'a' });
  const all = [1, 2, 3, 4].map((data) => log.add('a', data));
  log.trim('a', 3);
  bus.publish('publications', [all[3]!]);
  await vi.waitFor(() => expect(sink.offsets('a')).toEqual([3, 4]));
  expect(sink.messages[1]).toEqual({
    type: 'gap',
    channel: 'a',
    epoch: 'e1',
    from: 1,
    to: 2,
    reason: 'trimmed',
  });
});

test('what the bus brings twice is shown once', async () => {
  const { hub, log, bus, connect } = setUp({ flushMs: 0 });
  const { client, sink } = connect();
  await hub.subscribe(client, { channel: 'a' });
  const publication = log.add('a', 1);
  bus.publish('publications', [publication]);
  bus.publish('publications', [publication]);
  expect(sink.offsets('a')).toEqual([1]);
});

test('[LAN-1] nothing of a channel follows unsubscribed, and what was pending comes before it', async () => {
  let clock = 0;
  const { hub, publish, connect } = setUp({ flushMs: 10_000, now: () => clock });
  const { client, sink } = connect();
  for (const channel of ['a', 'b']) await hub.subscribe(client, { channel });
  sink.onWrite = () => {
    clock += 1_000;
  };
  publish('a', 1);
  // Now the window is open: these wait.
  publish('b', 1);
  publish('a', 2);
  expect(sink.offsets('a')).toEqual([1]);
  await hub.unsubscribe(client, { id: 'x', channel: 'a' });
  publish('a', 3);
  clock += 100_000;
  publish('b', 2);
  const seen = sink.messages.map((message) =>
    message.type === 'publication' ? `${message.channel}${message.offset}` : message.type,
  );
  expect(seen).toEqual(['subscribed', 'subscribed', 'a1', 'b1', 'a2', 'unsubscribed']);
  await hub.unsubscribe(client, { channel: 'b' });
  expect(sink.offsets('b')).toEqual([1, 2]);
});

test('[HLO-1] a second subscribe is a conflict, unsubscribe from none is answered', async () => {
  const { hub, connect } = setUp();
  const { client, sink } = connect();
  await hub.subscribe(client, { channel: 'a' });
  await expect(hub.subscribe(client, { channel: 'a' })).rejects.toMatchObject({ error: 'conflict' });
  await hub.unsubscribe(client, { id: 1, channel: 'none' });
  expect(sink.last('unsubscribed')).toMatchObject({ id: 1, channel: 'none' });
});

test('[HLO-1] subscribe and unsubscribe that cross are done in the order asked for', async () => {
  const { hub, connect } = setUp();
  const { client, sink } = connect();
  await Promise.all([
    hub.subscribe(client, { channel: 'a' }),
    hub.unsubscribe(client, { channel: 'a' }),
    hub.subscribe(client, { channel: 'a' }),
  ]);
  expect(sink.messages.map(({ type }) => type)).toEqual(['subscribed', 'unsubscribed', 'subscribed']);
});

test('[HLO-1] the 257th subscription is refused', async () => {
  const { hub, connect } = setUp();
  const { client } = connect();
  for (let count = 1; count <= 256; count += 1) await hub.subscribe(client, { channel: `c${count}` });
  await expect(hub.subscribe(client, { channel: 'more' })).rejects.toMatchObject({
    error: 'tooManySubscriptions',
  });
});

test('[WHO-1] a subscribe needs the right to read, with and without history', async () => {
  const { hub, connect } = setUp();
  const { client } = connect();
  for (const wish of [{}, { history: { limit: 1 } }, { since: { epoch: 'e1', offset: 0 } }]) {
    const asked = hub.subscribe(client, { channel: '$connections', ...wish });
    await expect(asked).rejects.toMatchObject({ error: 'forbidden' });
  }
  expect(hub.subscribers('$connections')).toBe(0);
});

test('[REC-6] when the numbering of a channel ends, its subscribers are told to load anew', async () => {
  const { hub, bus, log, publish, connect } = setUp({ flushMs: 0 });
  const { client, sink } = connect();
  await hub.subscribe(client, { channel: 'a' });
  publish('a', 1);
  await log.drop('a');
  bus.publish('epochEnded', { channel: 'a' });
  expect(sink.last('unsubscribed')).toMatchObject({ channel: 'a', code: 41001 });
  publish('a', 2);
  expect(sink.offsets('a')).toEqual([1]);
  await hub.subscribe(client, { channel: 'a', since: { epoch: 'e1', offset: 1 } });
  expect(sink.last('subscribed')).toMatchObject({ epoch: 'e2', recovered: false, reason: 'epoch' });
});

test('[TGT-1] a message reaches every connection that any part names, each once', () => {
  const { hub, bus, connect } = setUp();
  const ada = { id: 'ada', kind: 'person', name: 'Ada', role: 'viewer', groups: ['night'] } as const;
  const screens = [
    connect({ account: ada, groups: ['night'], tags: ['hall-2'] }),
    connect({ account: ada, groups: [] }),
    connect({ account: { ...ada, id: 'bob', groups: [] }, tags: ['hall-2'] }),
    connect({ account: { ...ada, id: 'eve', groups: [] } }),
  ];
  hub.view(screens[3]!.client, { board: 'b1' });
  const counts = () => screens.map(({ sink }) => sink.all('message').length);
  const message = { type: 'message', event: 'hi', data: 1 } as const;
  expect(hub.send({ people: ['ada'] }, message)).toBe(2);
  expect(counts()).toEqual([1, 1, 0, 0]);
  expect(hub.send({ groups: ['night'], tags: ['hall-2'], people: ['ada'] }, message)).toBe(3);
  expect(counts()).toEqual([2, 2, 1, 0]);
  bus.publish('send', { to: { boards: ['b1'], connections: [screens[2]!.client.id] }, message });
  expect(counts()).toEqual([2, 2, 2, 1]);
  expect(hub.send({ everyone: true }, message)).toBe(4);
  expect(hub.send({}, message)).toBe(0);
});

test('what is sent to a client before its welcome comes after it', () => {
  const { hub } = setUp();
  const { client, sink } = createClient({}, { welcomed: false });
  hub.register(client);
  hub.send({ everyone: true }, { type: 'message', event: 'early', data: 1 });
  expect(sink.messages).toEqual([]);
  client.welcome([{ type: 'message', event: 'welcome', data: 0 }]);
  expect(sink.all('message').map(({ event }) => event)).toEqual(['welcome', 'early']);
});

test('the bus closes the connections of an account, of a session, or one by its id', () => {
  const { bus, connect } = setUp();
  const person = { id: 'p', kind: 'person', name: 'P', role: 'viewer', groups: [] } as const;
  const one = connect({ account: { ...person, sessionId: 's1' } });
  const two = connect({ account: { ...person, sessionId: 's2' } });
  const three = connect({ account: { ...person, id: 'q' } });
  bus.publish('close', { sessionId: 's1', code: 4404, reason: 'signed out' });
  bus.publish('close', { clientId: three.client.id, code: 4503, reason: 'go away' });
  expect([one, two, three].map(({ sink }) => sink.closedWith)).toEqual([
    { why: 'sessionEnded', reason: 'signed out' },
    undefined,
    { why: 'removed', reason: 'go away' },
  ]);
  bus.publish('close', { accountId: 'p', code: 4404, reason: 'role changed' });
  expect(two.sink.closedWith?.why).toBe('sessionEnded');
});

test('register, view and unregister are told, and nothing of a client that left remains', async () => {
  const { hub, publish } = setUp({ flushMs: 0 });
  const heard: string[] = [];
  for (const event of ['register', 'view', 'unregister'] as const) hub.on(event, () => heard.push(event));
  const { client, sink } = connect(hub);
  await hub.subscribe(client, { channel: 'a' });
  hub.view(client, { board: 'b', editing: true });
  hub.unregister(client);
  hub.unregister(client);
  publish('a', 1);
  expect(heard).toEqual(['register', 'view', 'unregister']);
  expect(sink.offsets('a')).toEqual([]);
  expect(hub.stats()).toMatchObject({ connections: 0, people: 0, subscriptions: 0 });
  expect([...hub.clientsOf(client.account.id)]).toEqual([]);
});

test('a log that cannot be read refuses the subscribe, and the next one works', async () => {
  const { hub, log, connect } = setUp();
  const { client } = connect();
  log.broken = new Error('disk on fire');
  await expect(hub.subscribe(client, { channel: 'a' })).rejects.toThrow('disk on fire');
  log.broken = undefined;
  await hub.subscribe(client, { channel: 'a' });
  expect(hub.subscribers('a')).toBe(1);
});
