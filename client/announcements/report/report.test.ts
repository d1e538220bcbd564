import { expect, test } from 'vitest';
import type { ReceiptCounts, ReceiptRow } from '../../../shared/domain/announcement.ts';
import { groupsOf, matches, matchesName } from './people-filter.ts';
import { placeLabels } from './place-labels.ts';
import { answerCounts, laterCounts, mergeRows, shares, standingOf, urgentAnswers } from './receipt-marks.ts';
import { countTicks, edgeOf, medianOf, staircase, stepsOf, ticksBetween } from './steps.ts';
import { targetWords } from './target-words.ts';

const announcement = {
  acknowledge: { choices: [{ text: 'Safe' }, { text: 'Help', urgent: true as const }] },
};
const urgent = urgentAnswers(announcement);

function row(id: string, part: Partial<ReceiptRow> = {}): ReceiptRow {
  return { person: { id, name: id, groups: [] }, state: 'none', online: false, late: false, ...part };
}

const counts = (part: Partial<ReceiptCounts>): ReceiptCounts => ({
  targeted: 60,
  delivered: 52,
  seen: 47,
  acknowledged: 41,
  late: 5,
  unreachable: 8,
  ...part,
});

test('[ANN-3] the shares of the bar add up to everybody targeted', () => {
  const share = shares(counts({}), 2);
  expect(share).toEqual({ urgent: 2, acknowledged: 39, seen: 6, delivered: 5, unreachable: 8 });
  expect(Object.values(share).reduce((a, b) => a + b)).toBe(60);
});

test('who needs help stands first, before everybody else who answered', () => {
  expect(standingOf({ state: 'acknowledged', answer: 'Help' }, urgent)).toBe('urgent');
  expect(standingOf({ state: 'acknowledged', answer: 'Safe' }, urgent)).toBe('acknowledged');
  expect(standingOf({ state: 'none' }, urgent)).toBe('unreachable');
  const groups = groupsOf(
    [
      row('a', { state: 'acknowledged', answer: 'Safe' }),
      row('b'),
      row('c', { state: 'acknowledged', answer: 'Help' }),
    ],
    urgent,
  );
  expect(groups.map((group) => group.standing)).toEqual(['urgent', 'unreachable', 'acknowledged']);
});

test('answers are counted in the order in which they were offered', () => {
  const given = answerCounts(announcement, [
    row('a', { answer: 'Help' }),
    row('b', { answer: 'old choice' }),
  ]);
  expect(given.map((one) => [one.text, one.rows.length, one.urgent])).toEqual([
    ['Safe', 0, false],
    ['Help', 1, true],
    ['old choice', 1, false],
  ]);
});

test('[ANN-3] of two readings that overtook each other the one in which more happened wins', () => {
  const seen = row('a', { state: 'seen' });
  expect(mergeRows([seen], [row('a', { state: 'delivered' })])).toEqual([seen]);
  expect(mergeRows([row('a')], [seen, row('b')]).map((one) => one.person.id)).toEqual(['a', 'b']);
  expect(laterCounts(counts({}), counts({ acknowledged: 40 })).acknowledged).toBe(41);
  expect(laterCounts(counts({}), counts({ acknowledged: 42 })).acknowledged).toBe(42);
});

test('filters of the table', () => {
  const seen = row('a', { state: 'seen' });
  expect(matches(seen, 'open', true)).toBe(true);
  expect(matches(seen, 'open', false)).toBe(false);
  expect(matches(row('b'), 'unreachable', true)).toBe(true);
  expect(matchesName(row('Lena Brandt'), ' brandt')).toBe(true);
  expect(matchesName(row('Lena Brandt'), 'x')).toBe(false);
});

test('steps are the moments at which one person more had come so far', () => {
  const people = stepsOf([row('a', { deliveredAt: 30, seenAt: 40 }), row('b', { deliveredAt: 10 })]);
  expect(people).toEqual({ delivered: [10, 30], seen: [40], acknowledged: [] });
  expect(medianOf([10])).toBeUndefined();
  expect(medianOf([10, 20, 90])).toBe(20);
});

test('a staircase rises at each person and runs on to the edge', () => {
  const path = staircase(
    [10, 10, 20],
    (time) => time,
    (count) => 100 - count,
    0,
    50,
  );
  expect(path).toBe('M0.0,100.0H10.0V98.0H20.0V97.0H50.0');
});

test('the chart ends soon after the last step, and never after now', () => {
  const people = { delivered: [1_000], seen: [], acknowledged: [400_000] };
  expect(edgeOf(people, 0, 30_000)).toBe(30_000);
  expect(edgeOf(people, 0, 10_000_000)).toBe(500_000);
});

test('ticks are round, and few', () => {
  expect(countTicks(60)).toEqual([0, 20, 40, 60]);
  expect(countTicks(61)).toEqual([0, 20, 40, 60]);
  expect(countTicks(1)).toEqual([0, 1]);
  expect(countTicks(0)).toEqual([0, 1]);
  const { at, stride } = ticksBetween(3_000, 63_000, 5);
  expect(stride).toBe(15_000);
  expect(at).toEqual([15_000, 30_000, 45_000, 60_000]);
  expect(ticksBetween(0, 400 * 86_400_000, 5).at.length).toBeLessThanOrEqual(6);
});

test('labels stand where they belong, move aside for each other, and stay within the width', () => {
  expect(placeLabels([0, 200, 500], [100, 100, 100], 600)).toEqual([0, 200, 500]);
  expect(placeLabels([0, 50, 60], [100, 100, 100], 600)).toEqual([0, 100, 200]);
  expect(placeLabels([0, 560, 580], [100, 100, 100], 600)).toEqual([0, 400, 500]);
});

test('a target in words names what it aims at', () => {
  const names = new Map([
    ['group:quay', 'North quay'],
    ['board:b1', 'Gates'],
  ]);
  expect(targetWords({ groups: ['quay'], boards: ['b1'], except: { people: ['p9'] } }, names)).toEqual({
    to: 'North quay, viewers of Gates',
    except: 'p9',
  });
});
