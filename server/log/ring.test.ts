import { expect, test } from 'vitest';
import type { StoredPublication } from './log.ts';
import { Ring, RingBudget } from './ring.ts';

function publication(offset: number, bytes = 10): StoredPublication {
  return { offset, time: offset * 1_000, data: 'x'.repeat(bytes) };
}

function filled(budget: RingBudget, from: number, to: number, bytes = 10): Ring {
  const ring = new Ring(budget);
  for (let offset = from; offset <= to; offset++) ring.push(publication(offset, bytes));
  return ring;
}

const offsets = (list: readonly StoredPublication[] | undefined): number[] | undefined =>
  list?.map((one) => one.offset);

test('a ring answers what follows an offset, up to a count and about so many bytes, at least one', () => {
  const ring = filled(new RingBudget(1e6), 5, 20);
  expect(offsets(ring.readAfter(4, 3, 1e6))).toEqual([5, 6, 7]);
  expect(offsets(ring.readAfter(10, 100, 25))).toEqual([11, 12]);
  expect(offsets(ring.readAfter(10, 100, 1))).toEqual([11]);
  expect(offsets(ring.readAfter(20, 100, 1e6))).toEqual([]);
});

test('a ring says so when it does not reach back, or forward, far enough', () => {
  const ring = filled(new RingBudget(1e6), 5, 20);
  expect(ring.readAfter(3, 100, 1e6)).toBeUndefined();
  expect(ring.readAfter(21, 100, 1e6)).toBeUndefined();
  expect(new Ring(new RingBudget(1e6)).readAfter(0, 100, 1e6)).toBeUndefined();
});

test('a ring never has holes: a publication that does not follow empties it first', () => {
  const ring = filled(new RingBudget(1e6), 1, 3);
  ring.push(publication(7));
  expect(offsets(ring.all())).toEqual([7]);
});

test('a ring holds at most so many publications', () => {
  const ring = new Ring(new RingBudget(1e6), 3);
  for (let offset = 1; offset <= 500; offset++) ring.push(publication(offset));
  expect(offsets(ring.all())).toEqual([498, 499, 500]);
});

test('the ring that was used longest ago gives way first, and the sum stays below the budget', () => {
  const budget = new RingBudget(10_000);
  const first = filled(budget, 1, 20, 100);
  const second = filled(budget, 1, 20, 100);
  first.readAfter(0, 1, 1);
  const third = filled(budget, 1, 20, 100);
  expect(second.oldest?.offset ?? 99).toBeGreaterThan(1);
  expect(first.oldest?.offset).toBe(1);
  expect(third.length).toBe(20);
  expect(budget.bytes).toBeLessThanOrEqual(10_000);
  expect(budget.bytes).toBe(first.bytes + second.bytes + third.bytes);
});

test('a ring that is cleared gives its bytes back', () => {
  const budget = new RingBudget(10_000);
  const ring = filled(budget, 1, 20);
  ring.clear();
  expect(budget.bytes).toBe(0);
});
