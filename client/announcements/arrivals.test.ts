import { expect, test } from 'vitest';
import { type Arrival, arrivalOf, digestOf } from './arrivals.ts';
import { entry } from './test-announcement.ts';

const arrival = (part = {}, kind: Arrival['kind'] = 'new'): Arrival => ({ kind, entry: entry(part) });

test('what comes for the first time is new, unless another device has shown it already', () => {
  expect(arrivalOf(undefined, entry())?.kind).toBe('new');
  expect(arrivalOf(undefined, entry({ mine: { state: 'seen' } }))).toBeUndefined();
});

test('edits, nudges, retractions and resolutions are told; my own receipts are not', () => {
  const before = entry();
  expect(arrivalOf(before, entry({ revision: 2, title: 'other' }))?.kind).toBe('edited');
  expect(arrivalOf(before, entry({ nudges: 1 }))?.kind).toBe('nudged');
  expect(arrivalOf(before, entry({ revision: 2, state: 'retracted' }))?.kind).toBe('retracted');
  expect(arrivalOf(before, entry({ revision: 2, state: 'resolved' }))?.kind).toBe('resolved');
  expect(arrivalOf(before, entry({ mine: { state: 'seen' } }))).toBeUndefined();
});

test('[ANN-3] a nudge leaves those in peace who have answered', () => {
  const done = { mine: { state: 'acknowledged' as const } };
  expect(arrivalOf(entry(done), entry({ ...done, nudges: 1 }))).toBeUndefined();
});

test('a return after an absence is one sentence and one sound, that of the most urgent', () => {
  const digest = digestOf([
    arrival({ severity: 'info', title: 'Canteen' }),
    arrival({ severity: 'critical', title: 'Fuel leak' }),
    arrival({ severity: 'warning', title: 'Crane 3' }),
  ]);
  expect(digest).toMatchObject({
    text: 'Critical: Fuel leak And 2 more announcements.',
    assertive: true,
    sound: 'critical',
    count: 3,
  });
});

test('only critical and what must be answered interrupts a screen reader', () => {
  expect(digestOf([arrival({ severity: 'warning' })])?.assertive).toBe(false);
  expect(digestOf([arrival({ severity: 'info', acknowledge: {} })])?.assertive).toBe(true);
  expect(digestOf([arrival({ severity: 'critical' }, 'retracted')])?.assertive).toBe(false);
});

test('info is silent, the sender may silence the rest, and the end of something makes no sound', () => {
  expect(digestOf([arrival({ severity: 'info' })])?.sound).toBeUndefined();
  expect(digestOf([arrival({ severity: 'critical', surfaces: { sound: false } })])?.sound).toBeUndefined();
  expect(digestOf([arrival({ severity: 'critical' }, 'resolved')])?.sound).toBeUndefined();
  expect(digestOf([arrival({ severity: 'info', surfaces: { sound: true } })])?.sound).toBe('info');
});

test('a drill says that it is one, and an answer owed is said', () => {
  expect(
    digestOf([arrival({ drill: true, severity: 'critical', title: 'Muster.', acknowledge: {} })])?.text,
  ).toBe('Drill. Critical: Muster. Answer needed.');
});

test('nothing arrived, nothing is said', () => {
  expect(digestOf([])).toBeUndefined();
});
