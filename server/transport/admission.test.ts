import { expect, test } from 'vitest';
import { Admission, type AdmissionOptions, type Place } from './admission.ts';

let now = 0;

function admission(options: Partial<AdmissionOptions> = {}): Admission {
  return new Admission({
    maxConnections: 1_000_000,
    maxConnectionsPerAddress: 1_000_000,
    maxHandshakesPerSecond: 1_000_000,
    now: () => now,
    ...options,
  });
}

/** Each from a network of its own. */
const address = (at: number): string => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;

/** How many of so many tries are admitted; the rest must be refused for that reason. */
function admitted(one: Admission, tries: number, error: string, from = (_at: number) => '192.0.2.1'): number {
  let count = 0;
  for (let at = 0; at < tries; at += 1) {
    try {
      one.admit(from(at));
      count += 1;
    } catch (refused) {
      expect(refused).toMatchObject({ error, retryAfterMs: expect.any(Number) });
    }
  }
  return count;
}

const limit = 300;

test.each([
  ['in all', { maxConnections: limit }, 'overloaded', address],
  ['from one address', { maxConnectionsPerAddress: limit }, 'rateLimited', undefined],
  ['a second on the node, twice that at once', { maxHandshakesPerSecond: limit / 2 }, 'overloaded', address],
] as const)(
  'connections %s: the limit is reached and not passed, and says when to come again',
  (_what, options, error, from) => {
    expect(admitted(admission(options), limit - 1, error, from)).toBe(limit - 1);
    expect(admitted(admission(options), limit, error, from)).toBe(limit);
    expect(admitted(admission(options), limit + 1, error, from)).toBe(limit);
  },
);

test('handshakes of the node come back at their rate', () => {
  const one = admission({ maxHandshakesPerSecond: 150 });
  expect(admitted(one, 301, 'overloaded', address)).toBe(300);
  now += 1_000;
  expect(admitted(one, 200, 'overloaded', address)).toBe(150);
});

test('one address may come as often as it may be connected, then a tenth of that a second', () => {
  const one = admission({ maxConnectionsPerAddress: 100 });
  const comeAndGo = (): boolean => {
    try {
      one.admit('192.0.2.1').release();
      return true;
    } catch {
      return false;
    }
  };
  const count = (tries: number): number => Array.from({ length: tries }, comeAndGo).filter(Boolean).length;
  // Held open, so that the address is not forgotten and forgiven between two tries.
  one.admit('192.0.2.1');
  expect(count(99 + 1)).toBe(99);
  now += 1_000;
  expect(count(100)).toBe(10);
  expect(() => one.admit('192.0.2.2')).not.toThrow();
});

test('an address is not forgotten, and its handshakes with it, by leaving at once', () => {
  const one = admission({ maxConnectionsPerAddress: 10 });
  for (let count = 0; count < 10; count += 1) one.admit('192.0.2.1').release();
  expect(() => one.admit('192.0.2.1')).toThrow('too fast');
});

function claimed(one: Admission, tries: number, error: string, from: (at: number) => string): Place[] {
  const places: Place[] = [];
  for (let at = 0; at < tries; at += 1) {
    const place = one.admit(from(at));
    try {
      place.claimUnauthenticated();
      places.push(place);
    } catch (refused) {
      expect(refused).toMatchObject({ error, retryAfterMs: 5_000 });
      place.release();
    }
  }
  return places;
}

test.each([
  ['2,000 in all', 2_000, 'overloaded', address],
  ['200 from one address', 200, 'rateLimited', () => '192.0.2.1'],
] as const)(
  'sockets that have not said who they are: %s; who says it, or leaves, makes room',
  (_what, most, error, from) => {
    expect(claimed(admission(), most - 1, error, from)).toHaveLength(most - 1);
    expect(claimed(admission(), most + 1, error, from)).toHaveLength(most);
    const one = admission();
    const places = claimed(one, most, error, from);
    places[0]!.authenticated();
    places[1]!.release();
    expect(claimed(one, 3, error, from)).toHaveLength(2);
  },
);
