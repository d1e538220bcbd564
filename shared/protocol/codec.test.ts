import { expect, test } from 'vitest';
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
