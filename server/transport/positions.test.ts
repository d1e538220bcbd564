import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Positions, parseToken } from './positions.ts';

const place = fc.option(
  fc.record({
    epoch: fc.stringMatching(/^[A-Za-z0-9_-]{1,16}$/),
    offset: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  }),
  { nil: undefined },
);

test('[SSE-1] a token says where each channel stands, also where one is not known yet', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 20 }), (places) => {
      const channels = places.map((_place, at) => `c${at}`);
      const { token } = new Positions(channels, places);
      expect(token).toMatch(/^[A-Za-z0-9_-]*$/);
      expect(parseToken(token, places.length)).toEqual(places);
      expect(parseToken(token, places.length + 1)).toBeUndefined();
    }),
  );
});

test('a channel that moves keeps its epoch unless a new one is named, and moves no other', () => {
  const positions = new Positions(['a', 'b'], [{ epoch: 'e', offset: 1 }]);
  positions.move('a', 2);
  positions.move('b', 7);
  positions.move('stranger', 7, 'x');
  expect(parseToken(positions.token, 2)).toEqual([{ epoch: 'e', offset: 2 }, undefined]);
  positions.move('b', 7, 'f');
  positions.move('a', 0, 'g');
  expect(parseToken(positions.token, 2)).toEqual([
    { epoch: 'g', offset: 0 },
    { epoch: 'f', offset: 7 },
  ]);
});

test.each(['!', 'a b', 'ZQ', 'ZTo', 'ZTotMQ', 'ZToxLjU', 'OjE', 'ZTo5OTk5OTk5OTk5OTk5OTk5'])(
  '%s is no token',
  (token) => {
    expect(parseToken(token, 1)).toBeUndefined();
  },
);

test('whatever a stranger sends, it is read or refused, and nothing is thrown', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), fc.nat({ max: 4 }), (token, count) => {
      expect(parseToken(token, count)?.length ?? count).toBe(count);
    }),
  );
});
