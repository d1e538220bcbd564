import { expect, test } from 'vitest';
import { chartFormat, seriesNames } from './scale-format.ts';

test('a unit that all values share stands in the title', () => {
  expect(chartFormat({ unit: 'MW' }).title).toBe('MW');
  expect(chartFormat({ style: 'percent' }).title).toBe('%');
  expect(chartFormat({ style: 'bytes', unit: '/s' }).title).toBeUndefined();
});

test('an end label has one digit more than the axis, always as many', () => {
  const power = chartFormat({ unit: 'MW' });
  expect([power.value(3, 2), power.value(2.94, 2), power.value(36.4, 20)]).toEqual(['3.0', '2.9', '36']);
});

test('ticks are written without needless digits', () => {
  expect(chartFormat({ style: 'bytes' }).tick(1.5 * 1024 ** 2, 512 * 1024)).toBe('1.5\u00A0MiB');
  expect(chartFormat({}).tick(0.5, 0.5)).toBe('0.5');
  expect(chartFormat({}).tick(20, 20)).toBe('20');
});

test('lines are called by what tells them apart', () => {
  const host = 'system.host';
  expect(
    seriesNames([
      { channel: host, pointer: '/load/one' },
      { channel: host, pointer: '/load/five', label: 'five minutes' },
    ]),
  ).toEqual(['one', 'five minutes']);
  expect(
    seriesNames([
      { channel: host, pointer: '/memory/percent' },
      { channel: host, pointer: '/disk/percent' },
    ]),
  ).toEqual(['memory percent', 'disk percent']);
  expect(
    seriesNames([
      { channel: 'pumps.north', pointer: '' },
      { channel: 'pumps.south', pointer: '' },
    ]),
  ).toEqual(['pumps.north', 'pumps.south']);
});
