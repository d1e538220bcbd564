import { expect, test } from 'vitest';
import { formatAge, formatCount, formatNumber, formatStopwatch, formatText } from './format.ts';

const thin = (text: string): string => text.replaceAll('_', '\u202F');

test.each([
  [0, {}, '0'],
  [14, {}, '14'],
  [71.4, {}, '71.4'],
  [71.456, {}, '71.46'],
  [0.00012, {}, '0.0001'],
  [1_204, {}, '1_204'],
  [1_234_567.8, {}, '1_234_568'],
  [-5.5, {}, '\u22125.5'],
  [-0.004, { decimals: 1 }, '0.0'],
  [9.2, { decimals: 2 }, '9.20'],
  [999.9, { decimals: 0 }, '1_000'],
])('%d %o is written %s', (value, format, text) => {
  expect(formatNumber(value, format).text).toBe(thin(text));
});

test.each([
  [999, '999', 'W'],
  [1_204, '1.20', 'kW'],
  [38_400, '38.4', 'kW'],
  [999_950, '1.00', 'MW'],
  [-2_500_000, '\u22122.50', 'MW'],
])('si: %d is %s %s', (value, text, unit) => {
  expect(formatNumber(value, { style: 'si', unit: 'W' })).toEqual({ text, unit });
});

test.each([
  [0, '0', 'B'],
  [1_000, '1\u202F000', 'B'],
  [1_024, '1', 'KiB'],
  [1_536, '1.50', 'KiB'],
  [268_435_456, '256', 'MiB'],
  [1_073_000_000, '1_023', 'MiB'],
])('bytes: %d is %s %s', (value, text, unit) => {
  expect(formatNumber(value, { style: 'bytes' })).toEqual({ text: thin(text), unit });
});

test('what bytes are counted by stands behind them', () => {
  expect(formatText(2_048, { style: 'bytes', unit: '/s' })).toBe('2\u00A0KiB/s');
});

test.each([
  [0.34, '0.3', 'ms'],
  [64, '64', 'ms'],
  [1_500, '1.5', 's'],
  [192_000, '3 min 12 s', ''],
])('duration: %d is %s %s', (value, text, unit) => {
  expect(formatNumber(value, { style: 'duration' })).toEqual({ text, unit });
});

test('percent, and what is no number', () => {
  expect(formatNumber(4.25, { style: 'percent' })).toEqual({ text: '4.3', unit: '%' });
  expect(formatNumber(41.2, { style: 'percent' })).toEqual({ text: '41', unit: '%' });
  expect(formatNumber(Number.NaN, { unit: 'm' })).toEqual({ text: '\u2013', unit: 'm' });
});

test.each([
  [999, '0 s'],
  [59_999, '59 s'],
  [192_000, '3 min 12 s'],
  [180_000, '3 min'],
  [1_560_000, '26 min'],
  [18_120_000, '5 h 2 min'],
  [277_200_000, '3 d 5 h'],
])('an age of %i ms is %s', (ms, text) => expect(formatAge(ms)).toBe(text));

test('stopwatch and counts', () => {
  expect(formatStopwatch(42_000)).toBe('0:42');
  expect(formatStopwatch(3_723_000)).toBe('1:02:03');
  expect(formatCount(12_040)).toBe('12\u202F040');
});
