import { expect, test } from 'vitest';
import { type Absence, AwayWatch } from './away-watch.ts';

const MINUTE = 60_000;

/** Plays [minute, visible, live] and writes down what is told. */
function play(...steps: readonly (readonly [minute: number, visible: boolean, live: boolean])[]) {
  const told: Absence[] = [];
  let began = 0;
  const watch = new AwayWatch(
    () => {
      began += 1;
    },
    (absence) => told.push(absence),
  );
  for (const [minute, visible, live] of steps) watch.update({ visible, live }, minute * MINUTE);
  return { told, began };
}

test('who was hidden for two minutes was away, who was hidden for less was not', () => {
  expect(play([0, true, true], [1, false, true], [3, true, true]).told).toEqual([
    { from: MINUTE, to: 3 * MINUTE, hidden: true, offline: false },
  ]);
  expect(play([0, true, true], [1, false, true], [2.9, true, true]).told).toEqual([]);
});

test('an outage of a minute is told to who watched it, a shorter one is not', () => {
  expect(play([0, true, true], [1, true, false], [2, true, true]).told).toMatchObject([
    { hidden: false, offline: true },
  ]);
  expect(play([0, true, true], [1, true, false], [1.9, true, true]).told).toEqual([]);
});

test('hidden, and then offline, until it is seen and works: that is one absence', () => {
  const { told, began } = play(
    [0, true, true],
    [1, false, true],
    [6, false, false],
    [30, true, false],
    [31, true, true],
  );
  expect(began).toBe(1);
  expect(told).toEqual([{ from: MINUTE, to: 31 * MINUTE, hidden: true, offline: true }]);
});

test('a page that is still loading was not away', () => {
  expect(play([0, true, false], [5, true, true]).told).toEqual([]);
});
