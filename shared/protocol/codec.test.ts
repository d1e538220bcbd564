import { expect, test } from 'vitest';
import { JSON_MAX_DEPTH, JSON_MAX_KEYS } from '../limits.ts';
import { decodeClientMessage, decodeServerMessage, splitFrame } from './codec.ts';

test('a frame is one message or an array of messages, and nothing else', () => {
  expect(splitFrame('{"type":"ping"}')).toEqual([{ type: 'ping' }]);
  expect(splitFrame('[{"type":"ping"},1]')).toEqual([{ type: 'ping' }, 1]);
  for (const text of ['', '1', '"a"', 'null', '{', '[', '{"a":1}{"b":2}'])
    expect(splitFrame(text)).toBeUndefined();
});

test('a good message comes back as it was sent', () => {
  const message = { type: 'subscribe', id: 1, channel: 'pumps.north', since: { epoch: 'e', offset: 3 } };
  expect(decodeClientMessage(message)).toEqual({ ok: true, message });
});

const bad: [string, unknown, string, string?][] = [
  ['a wrong type names the field', { type: 'ping', id: 1, sentAt: 'now' }, 'malformed', 'sentAt'],
  ['a missing field is named', { type: 'subscribe', id: 1 }, 'badChannelName', 'channel'],
  ['an unknown field is named', { type: 'ping', sentAt: 1, extra: true }, 'malformed', 'extra'],
  ['an unknown type is told apart', { type: 'nonsense' }, 'unknownType'],
  ['a missing type is told apart', { id: 4 }, 'unknownType'],
  ['a bad channel name is told apart', { type: 'unsubscribe', channel: 'a b' }, 'badChannelName', 'channel'],
  [
    'a nested field is named with its path',
    { type: 'subscribe', channel: 'a', since: { epoch: 'e', offset: -1 } },
    'malformed',
    'since/offset',
  ],
  ['a publish without data is refused', { type: 'publish', id: 1, channel: 'a' }, 'malformed', 'data'],
  ['an array is not a message', [], 'malformed'],
  ['null is not a message', null, 'malformed'],
];

test.each(bad)('%s', (_title, raw, error, path) => {
  const decoded = decodeClientMessage(raw);
  expect(decoded).toMatchObject({ ok: false, error });
  if (path !== undefined && !decoded.ok) expect(decoded.issues?.map((one) => one.path)).toContain(path);
});

const datum = {
  levels: (count: number): unknown => JSON.parse('['.repeat(count) + ']'.repeat(count)),
  keys: (count: number): unknown =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at])),
};

test.each([
  ['levels', JSON_MAX_DEPTH],
  ['keys', JSON_MAX_KEYS],
] as const)('a datum may have as many %s as over HTTP, and not one more', (what, limit) => {
  const publish = (count: number) =>
    decodeClientMessage({ type: 'publish', id: 1, channel: 'a', data: datum[what](count), key: 'k' });
  for (const count of [limit - 1, limit]) expect(publish(count).ok).toBe(true);
  expect(publish(limit + 1)).toMatchObject({ ok: false, error: 'malformed', issues: [{ path: 'data' }] });
});

test('a number that JSON reads as infinite is refused with its path', () => {
  const decoded = decodeClientMessage(
    JSON.parse('{"type":"publish","id":7,"channel":"a","data":{"bar":[1,1e400]}}'),
  );
  expect(decoded).toMatchObject({
    error: 'malformed',
    id: 7,
    issues: [{ path: 'data/bar/1', message: 'a number too large to be kept' }],
  });
  const sentAt = decodeClientMessage(JSON.parse('{"type":"ping","sentAt":1e400}'));
  expect(sentAt).toMatchObject({ error: 'malformed', issues: [{ path: 'sentAt' }] });
});

test.each([
  ['a request id of characters', 64, (text: string) => ({ type: 'ping', sentAt: 1, id: text })],
  ['a channel name of characters', 128, (text: string) => ({ type: 'unsubscribe', channel: text })],
  [
    'an idempotency key of characters',
    128,
    (text: string) => ({ type: 'publish', channel: 'a', data: 1, key: text }),
  ],
  ['a tag of characters', 64, (text: string) => ({ type: 'hello', protocol: 1, tags: [text] })],
  [
    'a number of tags',
    16,
    (text: string) => ({ type: 'hello', protocol: 1, tags: [...text].map((one, at) => `${one}${at}`) }),
  ],
])('%s: at most %i', (_what, limit, message) => {
  for (const count of [limit - 1, limit])
    expect(decodeClientMessage(message('x'.repeat(count))).ok).toBe(true);
  expect(decodeClientMessage(message('x'.repeat(limit + 1))).ok).toBe(false);
});

test('the id of a refused message is kept for the answer, if it is one', () => {
  expect(decodeClientMessage({ type: 'nonsense', id: 'mine' })).toMatchObject({ id: 'mine' });
  expect(decodeClientMessage({ type: 'nonsense', id: {} })).not.toHaveProperty('id');
});

test('what is nested too deep is refused without walking off the stack', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 30_000; level++) deep = [deep];
  expect(decodeClientMessage({ type: 'publish', channel: 'a', data: deep })).toMatchObject({
    error: 'malformed',
  });
});

test('[FLD-1] a client ignores types and fields that it does not know', () => {
  expect(decodeServerMessage({ type: 'from-the-future' })).toBeUndefined();
  expect(decodeServerMessage({ type: 'ok', id: 1, more: 2 })).toMatchObject({ type: 'ok', id: 1 });
});
