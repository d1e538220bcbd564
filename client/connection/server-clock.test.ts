import { expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

test('takes the middle of the round trip', () => {
  const clock = new ServerClock();
  clock.measure(1_000, 6_050, 1_100);
  expect(clock.offsetMs).toBe(5_000);
});

test('a worse measurement does not replace a better one', () => {
  const clock = new ServerClock();
  clock.measure(1_000, 6_010, 1_020);
  clock.measure(2_000, 7_900, 3_000);
  expect(clock.offsetMs).toBe(5_000);
});

test('one that contradicts it does: a clock was set', () => {
  const clock = new ServerClock();
  clock.measure(1_000, 6_010, 1_020);
  clock.measure(2_000, 3_607_250, 2_500);
  expect(clock.offsetMs).toBe(3_605_000);
});

test('an old measurement gives way in time', () => {
  const clock = new ServerClock();
  clock.measure(0, 5_010, 20);
  clock.measure(600_000, 605_040, 600_100);
  expect(clock.offsetMs).toBe(4_990);
});
