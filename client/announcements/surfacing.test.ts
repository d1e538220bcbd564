import { expect, test } from 'vitest';
import type { DeliveredAnnouncement } from '../../shared/domain/announcement.ts';
import type { Entries, Entry } from './announcement-state.ts';
import {
  bannerItems,
  COLLAPSE_MS,
  dialogQueue,
  isUnread,
  nextChangeAt,
  REMIND_MS,
  SUCCESS_BANNER_MS,
} from './surfacing.ts';
import { entry } from './test-announcement.ts';

const NOW = 10_000;

function all(...list: Entry[]): Entries {
  return Object.fromEntries(list.map((one) => [one.announcement.id, one]));
}

const forms = (entries: Entries, now = NOW): string[] =>
  bannerItems(entries, now).map(({ entry: one, form }) => `${one.announcement.id} ${form}`);

const must = (part: Partial<DeliveredAnnouncement> = {}): Partial<DeliveredAnnouncement> => ({
  acknowledge: {},
  ...part,
});

test('the banner shows the most severe first, of equals the newest', () => {
  const entries = all(
    entry({ id: 'w1', sentAt: 1_000 }),
    entry({ id: 'w2', sentAt: 2_000 }),
    entry({ id: 'c', severity: 'critical', sentAt: 500 }),
    entry({ id: 's', severity: 'success', sentAt: 9_000 }),
  );
  expect(forms(entries)).toEqual(['c open', 'w2 open', 'w1 open', 's open']);
});

test('info stays in the feed unless it must be answered', () => {
  expect(forms(all(entry({ severity: 'info' })))).toEqual([]);
  expect(forms(all(entry(must({ severity: 'info' }))))).toEqual(['a open']);
});

test('a warning leaves when it is dismissed on any device', () => {
  expect(forms(all(entry({ mine: { state: 'seen' } })))).toEqual(['a open']);
  expect(forms(all(entry({ mine: { state: 'acknowledged' } })))).toEqual([]);
});

test('a critical one stays in sight until it is resolved; one that was answered is done', () => {
  const read = { mine: { state: 'acknowledged' as const }, severity: 'critical' as const };
  expect(forms(all(entry(read)))).toEqual(['a slim']);
  expect(forms(all(entry(must(read))))).toEqual([]);
});

test('good news leaves by itself', () => {
  const entries = all(entry({ severity: 'success', sentAt: 1_000 }));
  expect(forms(entries, 1_000 + SUCCESS_BANNER_MS - 1)).toEqual(['a open']);
  expect(forms(entries, 1_000 + SUCCESS_BANNER_MS)).toEqual([]);
  expect(nextChangeAt(entries, NOW)).toBe(1_000 + SUCCESS_BANNER_MS);
});

test('what is retracted is struck through for a moment and then gone', () => {
  const entries = all(entry({ state: 'retracted' }, { endedAt: NOW }));
  expect(forms(entries, NOW + COLLAPSE_MS - 1)).toEqual(['a over']);
  expect(nextChangeAt(entries, NOW)).toBe(NOW + COLLAPSE_MS);
  expect(forms(entries, NOW + COLLAPSE_MS)).toEqual([]);
});

test('what ended does not show again where it was dismissed before', () => {
  const dismissed = { state: 'retracted' as const, mine: { state: 'acknowledged' as const } };
  expect(forms(all(entry(dismissed, { endedAt: NOW })))).toEqual([]);
});

const queue = (entries: Entries, now = NOW): string[] =>
  dialogQueue(entries, now).map((one) => one.announcement.id);

test('the dialog asks for what must be answered, the most severe first', () => {
  const entries = all(
    entry({ id: 'plain' }),
    entry(must({ id: 'w' })),
    entry(must({ id: 'c', severity: 'critical' })),
    entry({ id: 'd', severity: 'critical', surfaces: { dialog: true }, sentAt: 0 }),
    entry(must({ id: 'no', surfaces: { dialog: false } })),
    entry(must({ id: 'done', mine: { state: 'acknowledged' } })),
    entry(must({ id: 'over', state: 'resolved' })),
  );
  expect(queue(entries)).toEqual(['c', 'd', 'w']);
});

test('"Remind me" keeps the dialog away for two minutes on all devices', () => {
  const entries = all(entry(must({ mine: { state: 'seen', deferredAt: NOW } })));
  expect(queue(entries, NOW + REMIND_MS - 1)).toEqual([]);
  expect(nextChangeAt(entries, NOW)).toBe(NOW + REMIND_MS);
  expect(queue(entries, NOW + REMIND_MS)).toEqual(['a']);
});

test('[ANN-3] a nudge brings a deferred dialog back at once', () => {
  const deferred = must({ mine: { state: 'seen', deferredAt: NOW } });
  expect(queue(all(entry(deferred, { nudgedAt: NOW + 1 })), NOW + 2)).toEqual(['a']);
  expect(queue(all(entry(deferred, { nudgedAt: NOW - 1 })), NOW + 2)).toEqual([]);
});

test('unread is what is in force and was seen on no device', () => {
  expect(isUnread(entry())).toBe(true);
  expect(isUnread(entry({ mine: { state: 'delivered' } }))).toBe(true);
  expect(isUnread(entry({ mine: { state: 'seen' } }))).toBe(false);
  expect(isUnread(entry({ state: 'expired' }))).toBe(false);
});

test('nothing changes by the clock where nothing waits for it', () => {
  expect(
    nextChangeAt(all(entry(), entry({ id: 'b', state: 'expired' }, { endedAt: 1 })), NOW),
  ).toBeUndefined();
});
