import { expect, test } from 'vitest';
import { formatNumber, type NumberFormat } from './format.ts';
import { SteadyDigits } from './steady-digits.ts';

const written = (values: readonly number[], format: NumberFormat = {}): string[] => {
  const steady = new SteadyDigits();
  return values.map((value) => formatNumber(value, steady.format(value, format)).text);
};

test('a figure keeps its digits while its size stays the same', () => {
  expect(written([4.9997, 4.95, 5, 4.9997, 5.2])).toEqual(['5', '4.95', '5.00', '5.00', '5.20']);
  expect(written([1.25, 0, 1.5])).toEqual(['1.25', '0.00', '1.50']);
});

test('whole numbers stay whole', () => {
  expect(written([12, 14, 0, 13])).toEqual(['12', '14', '0', '13']);
});

test('another size has digits of its own', () => {
  expect(written([9.25, 120.5, 119])).toEqual(['9.25', '120.5', '119.0']);
});

test('digits that were asked for, and units that scale, are left alone', () => {
  expect(written([4.25, 5], { decimals: 1 })).toEqual(['4.3', '5.0']);
  expect(written([1_024, 1_536], { style: 'bytes' })).toEqual(['1', '1.50']);
});
