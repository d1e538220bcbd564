import { expect, test } from 'vitest';
import { chartGaps, freshness } from './silence.ts';
import { FakeFeed } from './test-series.ts';

const NOW = 1_000_000;

function feed(lastReceivedAt: number, intervalMs = 1_000): FakeFeed {
  const one = new FakeFeed();
  one.state = { phase: 'live', received: 9, lastReceivedAt, intervalMs };
  return one;
}

test('a source that speaks has an age and nothing else', () => {
  expect(freshness([feed(NOW - 1_500)], { lostAt: undefined }, NOW)).toMatchObject({
    staleness: 'fresh',
    age: '1 s',
    silent: '',
  });
});

test('a source that fell silent says since when', () => {
  const silent = freshness([feed(NOW - 192_000)], { lostAt: undefined }, NOW);
  expect(silent.age).toBe('3 min 12 s');
  expect(silent.silent).toMatch(/^Source silent, last at \d\d:\d\d:\d\d$/);
  expect(silent.silentShort).toMatch(/^Silent since/);
});

test('while we are offline the age is a time, and no source is blamed', () => {
  const away = freshness([feed(NOW - 60_500)], { lostAt: NOW - 60_000 }, NOW);
  expect(away.staleness).toBe('unknown');
  expect(away.age).toMatch(/^as of \d\d:\d\d:\d\d$/);
  expect(away.silent).toBe('');
});

test('a source that was silent before we lost the line stays silent', () => {
  const both = freshness([feed(NOW - 192_000)], { lostAt: NOW - 60_000 }, NOW);
  expect(both.staleness).toBe('stale');
  expect(both.age).toMatch(/^as of/);
  expect(both.silent).not.toBe('');
});

test('a tile of several channels is as old as its stalest', () => {
  expect(freshness([feed(NOW - 500), feed(NOW - 60_000)], { lostAt: undefined }, NOW).staleness).toBe(
    'stale',
  );
});

test('the three causes of silence are drawn apart', () => {
  const one = feed(NOW - 60_000);
  one.missing = [
    { from: NOW - 500_000, to: NOW - 420_000, kind: 'offline', count: 0 },
    { from: NOW - 400_000, to: NOW - 390_000, kind: 'recovered', count: 2_310 },
    { from: NOW - 300_000, to: NOW - 290_000, kind: 'lost', count: 120 },
  ];
  const gaps = chartGaps([one], freshness([one], { lostAt: undefined }, NOW), NOW);
  expect(gaps.map(({ kind, label }) => `${kind}: ${label}`)).toEqual([
    'void: offline 1 min 20 s',
    'mend: recovered 2\u202F310 points',
    'void: server gap, 120 lost',
    'void: silent 1 min',
  ]);
});

test('one outage of two channels is drawn once', () => {
  const gap = { from: NOW - 50_000, to: NOW - 40_000, kind: 'offline', count: 0 } as const;
  const [a, b] = [feed(NOW), feed(NOW)];
  a.missing = [gap];
  b.missing = [{ ...gap, from: gap.from + 40 }];
  expect(chartGaps([a, b], freshness([a, b], { lostAt: undefined }, NOW), NOW)).toHaveLength(1);
});
