import { expect, test } from 'vitest';
import type { Entries, Entry } from '../../announcements/announcement-state.ts';
import { FakeFeed } from '../../tiles/values/test-series.ts';
import { type After, awayDigest, type Before } from './away-digest.ts';
import { awayCounts, awayTitle } from './away-words.ts';

const FROM = 1_000_000;
const absence = { from: FROM, to: FROM + 12 * 60_000, hidden: true, offline: true };

function entry(id: string, change: Record<string, unknown> = {}): Entry {
  const announcement = {
    ...{ id, revision: 1, state: 'live', severity: 'critical', title: `Title of ${id}`, body: '' },
    ...{
      nudges: 0,
      mine: { state: 'delivered' },
      createdBy: { id: 'p', name: 'Ana' },
      createdAt: 0,
      updatedAt: 0,
    },
    ...change,
  };
  return { announcement, receivedAt: 0 } as unknown as Entry;
}

const entries = (...list: Entry[]): Entries =>
  Object.fromEntries(list.map((one) => [one.announcement.id, one]));

const nothing: Before = { entries: {}, tiles: new Map(), heads: new Map() };
const now: After = { entries: {}, tiles: new Map(), feeds: [], clockOffsetMs: 0 };

const texts = (before: Before, after: After): string[] =>
  awayCounts(awayDigest(absence, before, after)!).map((count) => `${count.mark}: ${count.text}`);

test('announcements are told by what is different now', () => {
  const before = {
    ...nothing,
    entries: entries(
      entry('edited', { severity: 'warning' }),
      entry('resolved'),
      entry('gone'),
      entry('same'),
    ),
  };
  const after = {
    ...now,
    entries: entries(
      entry('new'),
      entry('edited', { severity: 'warning', title: 'Until 17:30' }),
      entry('resolved', { state: 'resolved' }),
      entry('same'),
    ),
  };
  expect(texts(before, after)).toEqual([
    'critical: 1 critical',
    'warning: 1 edited',
    'success: 1 resolved',
    'over: 1 over',
    'none: Nothing is missing',
  ]);
});

test('what was read on another device meanwhile is no news', () => {
  const after = { ...now, entries: entries(entry('a', { mine: { state: 'seen' } })) };
  expect(awayDigest(absence, nothing, after)?.announcements).toEqual([]);
});

test('tiles are told that are worse than they were, not those that were bad before', () => {
  const [a, b, c] = [{}, {}, {}];
  const before = {
    ...nothing,
    tiles: new Map([
      [a, 'fine' as const],
      [b, 'critical' as const],
    ]),
  };
  const tiles = new Map([
    [a, { title: 'Queue', level: 'warning' as const }],
    [b, { title: 'Tank', level: 'critical' as const }],
    [c, { title: 'New', level: 'critical' as const }],
  ]);
  expect(texts(before, { ...now, tiles })[0]).toBe('warning: Queue passed a limit');
});

test('[T145] a gap that could not be filled is named with its channel and length', () => {
  const feed = new FakeFeed('pumps.north');
  for (let n = 0; n < 100; n++) feed.publish(FROM + n, n);
  feed.missing = [
    { from: FROM - 600_000, to: FROM - 590_000, kind: 'lost', cause: 'server', count: 3 },
    { from: FROM, to: FROM + 40_000, kind: 'lost', cause: 'line', count: 60 },
  ];
  const before = { ...nothing, heads: new Map([['pumps.north', 10]]) };
  expect(texts(before, { ...now, feeds: [feed] })).toEqual([
    'gap: 40 s gap in pumps.north',
    'none: 30 updates meanwhile',
  ]);
});

test('says that all came back, where it did; and how long it was', () => {
  const feed = new FakeFeed();
  for (let n = 0; n < 1_842; n++) feed.publish(FROM + n, n);
  const before = { ...nothing, heads: new Map([['pumps.north', 0]]) };
  const digest = awayDigest(absence, before, { ...now, feeds: [feed] })!;
  expect(awayTitle(digest)).toBe('While you were away, 12 min');
  expect(awayCounts(digest).map((one) => one.text)).toEqual([
    '1\u202F842 updates meanwhile, nothing is missing',
  ]);
  const watched = { ...digest, absence: { ...absence, hidden: false } };
  expect(awayTitle(watched)).toBe('You were offline, 12 min');
  expect(awayCounts(watched)[0]?.text).toMatch(/updates came back, nothing is missing/);
});

test('a page that went on all the time and saw nothing happen says nothing', () => {
  expect(awayDigest({ ...absence, offline: false }, nothing, now)).toBeUndefined();
});
