import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReconnectSpread } from './reconnect-spread.ts';

let clients = 0;
const told: number[] = [];
let spread: ReconnectSpread;

beforeEach(() => {
  vi.useFakeTimers();
  clients = 0;
  told.length = 0;
  spread = new ReconnectSpread(
    () => clients,
    (ms) => told.push(ms),
  );
});
afterEach(() => {
  spread.close();
  vi.useRealTimers();
});

test('the spread grows with the clients, 500 a second, up to half a minute', () => {
  expect(spread.ms).toBe(0);
  clients = 500;
  expect(spread.ms).toBe(1_000);
  clients = 20_000;
  expect(spread.ms).toBe(30_000);
});

test('whoever came when few were there is told once many are, in a few steps', () => {
  for (clients = 0; clients < 5_000; clients += 100) vi.advanceTimersByTime(1_000);
  expect(told.length).toBeLessThan(15);
  expect(told.at(-1)).toBeGreaterThan(8_000);
  clients = 200;
  vi.advanceTimersByTime(1_000);
  expect(told.at(-1)).toBe(400);
});

test('a handful who come and go are no news', () => {
  for (clients = 0; clients < 200; clients += 20) vi.advanceTimersByTime(1_000);
  expect(told).toEqual([]);
});
