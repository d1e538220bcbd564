import { expect, test } from 'vitest';
import { applyReceipt, type Entries, forgetOld, keepInForce, receive } from './announcement-state.ts';
import { made } from './test-announcement.ts';

const known = (part = {}): Entries => receive({}, made(part), 2_000);

test('[ANN-1] what was retracted or ran out before this page knew it never appears', () => {
  for (const state of ['retracted', 'expired', 'resolved'] as const) {
    expect(receive({}, made({ state, revision: 2 }), 2_000)).toEqual({});
  }
});

test('[ANN-1] a repeat changes nothing and an older revision is dropped', () => {
  const entries = known({ revision: 3, title: 'new' });
  expect(receive(entries, made({ revision: 2, title: 'old' }), 3_000)).toBe(entries);
  expect(receive(entries, made({ revision: 3, title: 'new' }), 3_000).a?.announcement).toEqual(
    entries.a?.announcement,
  );
});

test('[ANN-1] an edit keeps what the revision before said', () => {
  const entries = receive(known(), made({ revision: 2, title: 'Crane 3 is back.' }), 3_000);
  expect(entries.a?.announcement.title).toBe('Crane 3 is back.');
  expect(entries.a?.before).toEqual({ title: 'Crane 3 is out of service until 16:00.', body: '' });
});

test('[ANN-1] what ends while the page is open stays known with the time of its end', () => {
  const entries = receive(known(), made({ revision: 2, state: 'retracted' }), 3_000);
  expect(entries.a).toMatchObject({ endedAt: 3_000, announcement: { state: 'retracted' } });
});

test('[ANN-2] a welcome drops what is live here and no longer in force there, and keeps what had ended', () => {
  let entries = known();
  entries = receive(entries, made({ id: 'b' }), 2_000);
  entries = receive(entries, made({ id: 'b', revision: 2, state: 'resolved' }), 2_500);
  entries = receive(entries, made({ id: 'c' }), 2_000);
  expect(Object.keys(keepInForce(entries, ['c']))).toEqual(['b', 'c']);
});

test('[ANN-2] a welcome that names everything changes nothing', () => {
  const entries = known();
  expect(keepInForce(entries, ['a', 'x'])).toBe(entries);
});

test('[ANN-3] my own state never goes back within a revision, whichever message comes last', () => {
  const mine = applyReceipt(known(), 'a', { state: 'acknowledged', answer: 'Safe' }, 2_500);
  const after = receive(mine, made({ mine: { state: 'delivered', deferredAt: 2_400 } }), 3_000);
  expect(after.a?.announcement.mine).toEqual({ state: 'acknowledged', answer: 'Safe', deferredAt: 2_400 });
});

test('[ANN-3] an edit that opens a new count starts my state anew', () => {
  const mine = applyReceipt(known(), 'a', { state: 'acknowledged' }, 2_500);
  expect(receive(mine, made({ revision: 2 }), 3_000).a?.announcement.mine).toEqual({ state: 'none' });
});

test('[ANN-3] a nudge is remembered with its time', () => {
  expect(receive(known(), made({ nudges: 1 }), 3_000).a?.nudgedAt).toBe(3_000);
  expect(receive(known({ nudges: 1 }), made({ nudges: 1 }), 3_000).a?.nudgedAt).toBeUndefined();
});

test('[ANN-3] deferring is a time and no rank', () => {
  const seen = applyReceipt(known(), 'a', { state: 'seen' }, 2_100);
  const later = applyReceipt(seen, 'a', { state: 'deferred' }, 2_200);
  expect(later.a?.announcement.mine).toEqual({ state: 'seen', deferredAt: 2_200 });
});

test('a lower receipt, or one for what is not known, changes nothing', () => {
  const seen = applyReceipt(known(), 'a', { state: 'seen' }, 2_100);
  expect(applyReceipt(seen, 'a', { state: 'delivered' }, 2_200)).toBe(seen);
  expect(applyReceipt(seen, 'x', { state: 'seen' }, 2_200)).toBe(seen);
});

test('what ended long ago is forgotten, what is live is not', () => {
  let entries = known();
  entries = receive(entries, made({ id: 'b' }), 2_000);
  entries = receive(entries, made({ id: 'b', revision: 2, state: 'expired' }), 3_000);
  expect(Object.keys(forgetOld(entries, 3_500, 1_000))).toEqual(['a', 'b']);
  expect(Object.keys(forgetOld(entries, 4_000, 1_000))).toEqual(['a']);
});
