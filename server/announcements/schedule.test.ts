import { afterEach, beforeEach, expect, test } from 'vitest';
import { Place } from './test-place.ts';

const MINUTE = 60_000;
let place: Place;

beforeEach(async () => {
  place = await Place.open();
});

afterEach(async () => {
  await place.close();
  expect(place.errors).toEqual([]);
});

/** Moves the clock and lets the service see it, as its timer would. */
async function pass(ms: number): Promise<void> {
  place.now += ms;
  await place.service.runDue();
}

test('[ANN-4] held back it can be undone, and nobody ever saw it', async () => {
  const bob = await place.connect('bob');
  const sent = await place.send({ holdMs: 8_000 });
  expect(sent).toMatchObject({ state: 'scheduled', sentAt: place.now + 8_000 });
  const undone = await place.service.retract(place.account('ana'), sent.id);
  expect(undone.state).toBe('retracted');
  await pass(10_000);
  expect(bob.messages).toEqual([]);
  expect((await place.connect('carol')).inForce).toEqual([]);
  expect((await place.counts(sent.id)).targeted).toBe(0);
});

test('[ANN-4] after the hold it goes out by a timer, to those who are members then', async () => {
  const bob = await place.connect('bob');
  const sent = await place.send({ holdMs: 40, target: { groups: ['gates'] } });
  place.addPerson('bob', ['gates']);
  place.now += 40;
  await place.until(() => expect(bob.shown).toEqual(['Tide live none']));
  expect((await place.counts(sent.id)).targeted).toBe(2);
});

test('[ANN-5] it starts when it should, and is retracted, edited or sent early before that', async () => {
  const ana = place.account('ana');
  const bob = await place.connect('bob');
  const startsAt = place.now + 60 * MINUTE;
  const planned = await place.send({ title: 'Planned', startsAt });
  const early = await place.send({ title: 'Early', startsAt });
  const moved = await place.send({ title: 'Moved', startsAt });
  const removed = await place.send({ title: 'Removed', startsAt });
  expect((await place.service.update(ana, early.id, { state: 'live' })).state).toBe('live');
  expect((await place.service.update(ana, moved.id, { startsAt: startsAt + MINUTE })).state).toBe(
    'scheduled',
  );
  await place.service.remove(ana, removed.id);
  expect(bob.shown).toEqual(['Early live none']);
  await pass(60 * MINUTE);
  expect(bob.shown).toEqual(['Early live none', 'Planned live none']);
  expect(await place.service.get(ana, planned.id)).toMatchObject({ state: 'live', sentAt: place.now });
  await pass(MINUTE);
  expect(bob.shown).toContain('Moved live none');
  await expect(place.service.get(ana, removed.id)).rejects.toMatchObject({ error: 'notFound' });
});

test('a draft is shown to nobody until it is sent', async () => {
  const ana = place.account('ana');
  const bob = await place.connect('bob');
  const draft = await place.send({ draft: true });
  expect(draft).toMatchObject({ state: 'draft' });
  expect(draft).not.toHaveProperty('sentAt');
  await expect(place.report('bob', draft)).rejects.toMatchObject({ error: 'notFound' });
  const sent = await place.service.update(ana, draft.id, { title: 'Final', state: 'live' });
  expect(sent).toMatchObject({ state: 'live', revision: 2, sentAt: place.now });
  expect(bob.shown).toEqual(['Final live none']);
});

test('it expires when it should, and an extension puts that off', async () => {
  const ana = place.account('ana');
  const bob = await place.connect('bob');
  const sent = await place.send({ expiresAt: place.now + MINUTE });
  await place.service.update(ana, sent.id, { expiresAt: place.now + 2 * MINUTE });
  await pass(MINUTE);
  expect(bob.shown).toEqual(['Tide live none']);
  await pass(MINUTE);
  expect(bob.shown).toEqual(['Tide expired none']);
  expect(bob.announcements.at(-1)?.revision).toBe(3);
});

test('a restart forgets neither what is in force nor what is planned, and catches up', async () => {
  const live = await place.send({ title: 'Live' });
  await place.report('bob', live);
  await place.send({ title: 'Due', startsAt: place.now + MINUTE });
  await place.send({ title: 'Later', startsAt: place.now + 60 * MINUTE });
  await place.send({ title: 'Missed', startsAt: place.now + MINUTE, expiresAt: place.now + 2 * MINUTE });
  await place.send({ title: 'Over', expiresAt: place.now + MINUTE });
  place.now += 5 * MINUTE;
  await place.restart();
  const bob = await place.connect('bob');
  expect(bob.shown).toEqual(['Live live acknowledged', 'Due live none']);
  const { announcements } = await place.service.list(place.account('ana'), { limit: 10 });
  const states = Object.fromEntries(announcements.map((one) => [one.title, one.state]));
  expect(states).toEqual({
    Live: 'live',
    Due: 'live',
    Later: 'scheduled',
    Missed: 'expired',
    Over: 'expired',
  });
});

test('[ANN-8] repeats ask those who have not acknowledged, missed ones once, and then tell the group', async () => {
  const carol = await place.connect('carol');
  const bob = await place.connect('bob');
  const sent = await place.send({
    target: { groups: ['docks'] },
    repeat: { everyMinutes: 10, times: 3, thenGroup: 'gates' },
  });
  await pass(10 * MINUTE);
  expect(bob.announcements.at(-1)?.nudges).toBe(1);
  await pass(20 * MINUTE);
  expect(bob.announcements.at(-1)?.nudges).toBe(2);
  expect(carol.shown).toEqual([]);
  await pass(10 * MINUTE);
  expect(carol.shown).toEqual(['Tide live none']);
  await pass(600 * MINUTE);
  expect(bob.announcements.at(-1)).toMatchObject({ nudges: 2, revision: 2 });
  expect((await place.counts(sent.id)).targeted).toBe(2);
});

test('[ANN-8] repeats leave people alone when everybody has acknowledged', async () => {
  const bob = await place.connect('bob');
  const sent = await place.send({
    target: { groups: ['docks'] },
    repeat: { everyMinutes: 10, times: 1, thenGroup: 'gates' },
  });
  await place.report('bob', sent);
  const got = bob.messages.length;
  await pass(60 * MINUTE);
  expect(bob.messages).toHaveLength(got);
});

test('a failure of the database is logged and tried again, nothing is lost', async () => {
  const bob = await place.connect('bob');
  await place.send({ holdMs: 10 });
  await place.db.schema.alterTable('announcementReceipts').renameTo('hidden').execute();
  place.now += 10;
  await place.until(() => expect(place.errors.length).toBeGreaterThan(0));
  expect(bob.shown).toEqual([]);
  await place.db.schema.alterTable('hidden').renameTo('announcementReceipts').execute();
  await place.until(() => expect(bob.shown).toEqual(['Tide live none']));
  place.errors.length = 0;
});
