import { expect, test } from 'vitest';
import { dayTime, exactTime } from './DayTime.tsx';

const now = new Date(2026, 10, 22, 14, 30).getTime();
const at = (...parts: [number, number, number, number, number]): string =>
  dayTime(new Date(...parts).getTime(), now);

test('a moment is told as people say it', () => {
  expect(at(2026, 10, 22, 9, 5)).toBe('today 09:05');
  expect(at(2026, 10, 21, 23, 59)).toBe('yesterday 23:59');
  expect(at(2026, 10, 20, 12, 0)).toBe('20 Nov');
  expect(at(2025, 10, 22, 14, 30)).toBe('22 Nov 2025');
});

test('the exact moment has 24 hours wherever the reader lives', () => {
  expect(exactTime(new Date(2026, 10, 22, 14, 2, 11).getTime())).toBe('22 Nov 2026, 14:02:11');
  expect(exactTime(new Date(2026, 10, 22, 0, 5, 9).getTime())).toBe('22 Nov 2026, 00:05:09');
});
