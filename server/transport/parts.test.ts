import { expect, test } from 'vitest';
import { Admission } from './admission.ts';
import { describeDevice } from './device.ts';
import { ErrorAllowance } from './error-allowance.ts';
import { TokenBucket } from './rate-limit.ts';

test('a token bucket allows its burst at once, then its rate', () => {
  let now = 0;
  const bucket = new TokenBucket(20, 60, () => now);
  const taken = () => {
    let count = 0;
    while (bucket.take()) count += 1;
    return count;
  };
  expect(taken()).toBe(60);
  now += 1_000;
  expect(taken()).toBe(20);
  now += 1_000_000;
  expect(bucket.take(61)).toBe(false);
  expect(bucket.full).toBe(true);
});

test('an IPv6 network counts as one address, and IPv4 written as IPv6 as IPv4', () => {
  const admission = new Admission({
    maxConnections: 100,
    maxConnectionsPerAddress: 1,
    maxHandshakesPerSecond: 100,
    now: () => 0,
  });
  admission.admit('2001:db8:0:1::1');
  expect(() => admission.admit('2001:db8:0:1:ffff::2')).toThrow('Too many connections from this address');
  admission.admit('2001:db8:0:2::1');
  admission.admit('::ffff:192.0.2.1');
  expect(() => admission.admit('192.0.2.1')).toThrow();
});

test('a place is given back once, and with it what it held of the unauthenticated', () => {
  let now = 0;
  const admission = new Admission({
    maxConnections: 1,
    maxConnectionsPerAddress: 1_000,
    maxHandshakesPerSecond: 1_000,
    now: () => now,
  });
  for (let count = 0; count < 500; count += 1) {
    now += 1_000;
    const place = admission.admit('192.0.2.1');
    place.claimUnauthenticated();
    expect(() => admission.admit('192.0.2.2')).toThrow('as many connections as it takes');
    place.release();
    place.release();
  }
});

test('[T22] of strangers there are at most 2,000, wherever they come from; those who are known do not count', () => {
  const admission = new Admission({
    maxConnections: 20_000,
    maxConnectionsPerAddress: 1_000,
    maxHandshakesPerSecond: 5_000,
    now: () => 0,
  });
  const stranger = (at: number) => {
    const place = admission.admit(`192.0.2.${at % 250}`);
    place.claimUnauthenticated();
    return place;
  };
  const [first] = Array.from({ length: 2_000 }, (_, at) => stranger(at));
  expect(() => stranger(1)).toThrow(expect.objectContaining({ error: 'overloaded', status: 503 }));
  admission.admit('198.51.100.1');
  first!.authenticated();
  stranger(2);
});

test('mistakes of the last minute count, troubles of the server do not', () => {
  let now = 0;
  const allowance = new ErrorAllowance(() => now);
  for (let count = 0; count < 50; count += 1) expect(allowance.verdict('overloaded')).toBeUndefined();
  for (let count = 0; count < 20; count += 1) expect(allowance.verdict('malformed')).toBeUndefined();
  expect(allowance.verdict('forbidden')).toBe('policy');
  now += 61_000;
  expect(allowance.verdict('malformed')).toBeUndefined();
  for (let count = 0; count < 19; count += 1) allowance.verdict('tooManySubscriptions');
  expect(allowance.verdict('tooManySubscriptions')).toBe('tooManySubscriptions');
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Chrome 141, Windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
    'Edge 141, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1',
    'Safari 18, iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox 143, Linux'],
  ['python-requests/2.32 extra', 'python-requests/2.32'],
  [undefined, 'unknown program'],
])('%s is shown as %s', (userAgent, shown) => {
  expect(describeDevice(userAgent)).toBe(shown);
});
