import { expect, test } from 'vitest';
import { chartGaps, freshness, lossMark } from './silence.ts';
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
    { from: NOW - 300_000, to: NOW - 290_000, kind: 'lost', cause: 'server', count: 120 },
    { from: NOW - 280_000, to: NOW - 200_000, kind: 'lost', cause: 'line', count: 12 },
    { from: NOW - 190_000, to: NOW - 180_000, kind: 'lost', cause: 'numbering', count: 0 },
    { from: NOW - 170_000, to: NOW - 160_000, kind: 'thinned', count: 1_204 },
  ];
  const gaps = chartGaps([one], freshness([one], { lostAt: undefined }, NOW), NOW);
  expect(gaps.map(({ kind, label }) => `${kind}: ${label}`)).toEqual([
    'void: offline 1 min 20 s',
    'mend: recovered 2\u202F310 points',
    'void: server gap, 120 lost',
    'void: offline 1 min 20 s, 12 lost',
    'void: the server began anew',
    'thin: slow line, 1\u202F204 left out',
    'void: silent 1 min',
  ]);
});

test('[T145] a tile that draws no axis marks the newest loss in words, and not for ever', () => {
  const one = feed(NOW);
  expect(lossMark([one], NOW)).toBeUndefined();
  one.missing = [
    { from: NOW - 300_000, to: NOW - 220_000, kind: 'lost', cause: 'line', count: 12 },
    { from: NOW - 90_000, to: NOW - 80_000, kind: 'recovered', count: 5 },
  ];
  expect(lossMark([one], NOW)?.text).toBe('12 lost');
  expect(lossMark([one], NOW)?.title).toMatch(/^offline 1 min 20 s, 12 lost, until \d\d:\d\d:\d\d$/);
  expect(lossMark([one], NOW + 900_000)).toBeUndefined();
});

test('one outage of two channels is drawn once, with what it cost in both', () => {
  const mend = { from: NOW - 90_000, to: NOW - 80_000, kind: 'recovered', count: 7 } as const;
  const [c, d] = [feed(NOW), feed(NOW)];
  c.missing = [mend];
  d.missing = [{ ...mend, from: mend.from - 1_900, count: 5 }];
  expect(chartGaps([c, d], freshness([c, d], { lostAt: undefined }, NOW), NOW)).toMatchObject([
    { kind: 'mend', label: 'recovered 12 points' },
  ]);
  const gap = { from: NOW - 50_000, to: NOW - 40_000, kind: 'offline', count: 0 } as const;
  const [a, b] = [feed(NOW), feed(NOW)];
  a.missing = [gap];
  b.missing = [{ ...gap, from: gap.from + 40 }];
  expect(chartGaps([a, b], freshness([a, b], { lostAt: undefined }, NOW), NOW)).toHaveLength(1);
});
