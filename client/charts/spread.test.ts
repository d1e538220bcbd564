import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spread } from './spread.ts';

test('labels that do not touch stay where they want to be', () => {
  expect(spread([10, 60, 110], 18, 0, 200)).toEqual([10, 60, 110]);
});

test('two labels at one place move apart by the same way', () => {
  expect(spread([50, 50], 20, 0, 200)).toEqual([40, 60]);
});

test('labels keep the order of their lines, whatever the order they are given in', () => {
  const places = spread([52, 50, 51], 20, 0, 200);
  expect(places[1]).toBeLessThan(places[2]!);
  expect(places[2]).toBeLessThan(places[0]!);
});

test('labels at the edge are pushed inwards', () => {
  expect(spread([0, 2], 20, 5, 200)).toEqual([5, 25]);
  expect(spread([199, 200], 20, 5, 200)).toEqual([180, 200]);
});

test('none overlap and none leave the range, for any wishes that fit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 450 }), { minLength: 1, maxLength: 12 }), (wanted) => {
      const places = [...spread(wanted, 20, 0, 400)].sort((a, b) => a - b);
      expect(places[0]).toBeGreaterThanOrEqual(-1e-6);
      expect(places.at(-1)).toBeLessThanOrEqual(400 + 1e-6);
      for (let at = 1; at < places.length; at++) {
        expect(places[at]! - places[at - 1]!).toBeGreaterThanOrEqual(20 - 1e-6);
      }
    }),
  );
});
