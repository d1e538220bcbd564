import { afterEach, beforeEach, expect, test } from 'vitest';
import { Place } from './test-place.ts';

let place: Place;

beforeEach(async () => {
  place = await Place.open();
});

afterEach(async () => {
  await place.close();
  expect(place.errors).toEqual([]);
});

test('[ANN-2] everyone reaches every connection, programs too; only people are counted', async () => {
  const bob = await place.connect('bob');
  const meter = await place.connect('meter', { kind: 'program' });
  const sent = await place.send();
  expect(bob.shown).toEqual(['Tide live none']);
  expect(meter.shown).toEqual(['Tide live none']);
  expect(bob.announcements[0]).not.toHaveProperty('target');
  expect(await place.counts(sent.id)).toMatchObject({ targeted: 3, unreachable: 2 });
});

test('[TGT-1] a group gets it on all devices of its people, and nobody else does', async () => {
  const [phone, desk, carol, meter] = await Promise.all([
    place.connect('bob'),
    place.connect('bob'),
    place.connect('carol'),
    place.connect('meter'),
  ]);
  const sent = await place.send({ target: { groups: ['docks'] } });
  expect([phone.shown, desk.shown]).toEqual([['Tide live none'], ['Tide live none']]);
  expect([carol.messages, meter.messages]).toEqual([[], []]);
  expect((await place.counts(sent.id)).targeted).toBe(1);
});

test('[TGT-1] one person is reached by id or sign-in name, once, and the target is kept by id', async () => {
  const bob = await place.connect('bob');
  const carol = await place.connect('carol');
  const sent = await place.send({ target: { people: ['bob.login', 'bob'], groups: ['docks'] } });
  expect(sent.target).toEqual({ people: ['bob'], groups: ['docks'] });
  expect(bob.announcements).toHaveLength(1);
  expect(carol.messages).toEqual([]);
});

test('[ANN-2] who is excepted gets nothing, by person and by group', async () => {
  const bob = await place.connect('bob');
  const carol = await place.connect('carol');
  const ana = await place.connect('ana');
  await place.send({ target: { everyone: true, except: { groups: ['docks'], people: ['carol'] } } });
  expect([bob.shown, carol.shown, ana.shown]).toEqual([[], [], ['Tide live none']]);
  expect((await place.connect('bob')).inForce).toEqual([]);
  expect((await place.connect('carol')).inForce).toEqual([]);
});

test('[ANN-2] viewers of a board get it, also those who open it later, and keep it when they look elsewhere', async () => {
  const bob = await place.connect('bob');
  const carol = await place.connect('carol');
  const tv = await place.connect('tv', { kind: 'wall' });
  place.hub.view(bob, 'quay');
  const sent = await place.send({ target: { boards: ['quay'] } });
  expect([bob.shown, carol.shown, tv.shown]).toEqual([['Tide live none'], [], []]);

  place.hub.view(carol, 'quay');
  place.hub.view(tv, 'quay');
  await place.until(() => expect(carol.shown).toEqual(['Tide live none']));
  expect(tv.shown).toEqual(['Tide live none']);
  expect((await place.counts(sent.id)).targeted).toBe(2);

  place.hub.view(bob, 'yard');
  const again = await place.connect('bob');
  expect(again.inForce).toEqual([sent.id]);
});

test('[ANN-2] whoever opens the board while it is being written down gets it', async () => {
  const carol = await place.connect('carol');
  for (let turn = 0; turn < 30; turn += 1) {
    place.hub.view(carol, undefined);
    const sending = place.send({ title: `Tide ${turn}`, target: { boards: ['quay'] } });
    for (let tick = 0; tick < turn; tick += 1) await new Promise((resolve) => setImmediate(resolve));
    place.hub.view(carol, 'quay');
    await sending;
    await place.until(() => expect(carol.shown).toContain(`Tide ${turn} live none`));
  }
});

test('[ANN-2] a tag reaches the people and the screens that gave it to themselves', async () => {
  const bob = await place.connect('bob', { tags: ['hall-2'] });
  const sign = await place.connect('sign', { tags: ['hall-2'] });
  const carol = await place.connect('carol', { tags: ['hall-3'] });
  const sent = await place.send({ target: { tags: ['hall-2'] } });
  expect([bob.shown, sign.shown, carol.shown]).toEqual([['Tide live none'], ['Tide live none'], []]);
  const late = await place.connect('carol', { tags: ['hall-2'] });
  expect(late.inForce).toEqual([sent.id]);
});

test('[ANN-1] who comes later gets what is in force, oldest first, with their own state', async () => {
  const first = await place.send({ title: 'First' });
  place.now += 1;
  await place.send({ title: 'Second', target: { groups: ['docks'] } });
  place.now += 1;
  await place.send({ title: 'Not for Bob', target: { people: ['carol'] } });
  await place.report('bob', first, { state: 'seen' });
  const bob = await place.connect('bob');
  expect(bob.shown).toEqual(['First live seen', 'Second live none']);
  expect(bob.inForce).toEqual(bob.announcements.map((one) => one.id));
});

test('[ANN-1] what was retracted or has expired before a person returns never appears', async () => {
  const gone = await place.send({ title: 'Gone' });
  await place.send({ title: 'Over', expiresAt: place.now + 60_000 });
  await place.service.retract(place.account('ana'), gone.id, 'wrong quay');
  place.now += 60_000;
  const bob = await place.connect('bob');
  expect([bob.inForce, bob.messages]).toEqual([[], []]);
  const { announcements } = await place.service.list(place.account('bob'), { limit: 10 });
  expect(announcements).toEqual([]);
});

test('[ANN-1] a retraction reaches those who have it, with a new revision and the reason', async () => {
  const bob = await place.connect('bob');
  const tv = await place.connect('tv', { kind: 'wall' });
  const sent = await place.send();
  const retracted = await place.service.retract(place.account('ana'), sent.id, 'wrong quay');
  expect(retracted).toMatchObject({ state: 'retracted', revision: 2, endReason: 'wrong quay' });
  expect([bob.shown, tv.shown]).toEqual([['Tide retracted none'], ['Tide retracted none']]);
  const again = await place.service.retract(place.account('ana'), sent.id);
  expect(again.revision).toBe(2);
});

test('[ANN-2] membership is found out anew at each connect while it is in force', async () => {
  const sent = await place.send({ target: { groups: ['docks'] } });
  place.addPerson('carol', ['gates', 'docks']);
  place.addPerson('bob', []);
  const carol = await place.connect('carol');
  const bob = await place.connect('bob');
  expect([carol.inForce, bob.inForce]).toEqual([[sent.id], []]);
  expect((await place.counts(sent.id)).targeted).toBe(1);
});

test('[ANN-2] who falls out by an edit gets what they had as retracted, and not the new text', async () => {
  const bob = await place.connect('bob');
  const carol = await place.connect('carol');
  const sent = await place.send({ title: 'Docks only', target: { groups: ['docks'] } });
  const edited = await place.service.update(place.account('ana'), sent.id, {
    title: 'Gates only',
    target: { groups: ['gates'] },
  });
  expect(edited.revision).toBe(2);
  expect(bob.announcements.at(-1)).toMatchObject({ title: 'Docks only', state: 'retracted', revision: 2 });
  expect(carol.shown).toEqual(['Gates only live none']);
  expect((await place.counts(sent.id)).targeted).toBe(1);
  await expect(place.report('bob', sent)).rejects.toMatchObject({ error: 'notFound' });
});

test('[ANN-3] an edit raises the revision and keeps receipts; renotify opens a new count', async () => {
  const bob = await place.connect('bob');
  const sent = await place.send();
  await place.report('bob', sent);
  const ana = place.account('ana');
  const edited = await place.service.update(ana, sent.id, { title: 'High tide' });
  expect(edited).toMatchObject({ revision: 2, title: 'High tide', body: '' });
  expect(bob.shown).toEqual(['High tide live acknowledged']);

  const renewed = await place.service.update(ana, sent.id, { renotify: true });
  expect(bob.shown).toEqual(['High tide live none']);
  expect(await place.counts(sent.id)).toMatchObject({ targeted: 3, delivered: 0, acknowledged: 0 });
  await expect(place.report('bob', edited)).rejects.toMatchObject({ error: 'staleRevision' });
  await place.report('bob', renewed);
  expect((await place.counts(sent.id)).acknowledged).toBe(1);
  const past = await place.db.selectFrom('announcementPastReceipts').select('receipt').execute();
  expect(past.map((row) => JSON.parse(row.receipt).rank).sort()).toEqual(['acknowledged', 'none', 'none']);
});

test('[ANN-3] a nudge reaches only those who have not acknowledged, with the same revision', async () => {
  const bob = await place.connect('bob');
  const carol = await place.connect('carol');
  const sent = await place.send();
  await place.report('bob', sent);
  const before = bob.messages.length;
  await place.service.nudge(place.account('ana'), sent.id);
  expect(bob.messages).toHaveLength(before);
  expect(carol.announcements.at(-1)).toMatchObject({ nudges: 1, revision: 1 });
  expect((await place.connect('bob')).announcements[0]).toMatchObject({ nudges: 1 });
});

test('[LST-1] a change made from an old revision is refused, and leaves no trace', async () => {
  const ana = place.account('ana');
  const sent = await place.send();
  await place.service.update(ana, sent.id, { title: 'Second' }, 1);
  await expect(place.service.update(ana, sent.id, { title: 'Third' }, 1)).rejects.toMatchObject({
    error: 'staleRevision',
  });
  await expect(place.service.retract(ana, sent.id, undefined, 1)).rejects.toMatchObject({
    error: 'staleRevision',
  });
  expect(await place.service.get(ana, sent.id)).toMatchObject({ title: 'Second', state: 'live' });
});

test('a patch that changes nothing is no new revision, and null takes an end away', async () => {
  const ana = place.account('ana');
  const sent = await place.send({ expiresAt: place.now + 60_000 });
  expect((await place.service.update(ana, sent.id, { title: 'Tide', state: 'live' })).revision).toBe(1);
  const open = await place.service.update(ana, sent.id, { expiresAt: null });
  expect(open).not.toHaveProperty('expiresAt');
  place.now += 120_000;
  expect((await place.connect('bob')).inForce).toEqual([sent.id]);
});

test('resolving may say a last word, and what has ended stays as it ended', async () => {
  const bob = await place.connect('bob');
  const ana = place.account('ana');
  const sent = await place.send();
  await place.service.update(ana, sent.id, { state: 'resolved', body: 'All clear.' });
  expect(bob.announcements.at(-1)).toMatchObject({ state: 'resolved', body: 'All clear.', revision: 2 });
  for (const attempt of [
    () => place.service.update(ana, sent.id, { title: 'Again' }),
    () => place.service.retract(ana, sent.id),
    () => place.service.nudge(ana, sent.id),
    () => place.service.remove(ana, sent.id),
  ])
    await expect(attempt()).rejects.toMatchObject({ error: 'conflict' });
});

test('[LST-1] senders page through all with their counts, viewers through what reached them', async () => {
  const ana = place.account('ana');
  const bob = place.account('bob');
  for (const title of ['A', 'B', 'C']) {
    place.now += 1;
    const sent = await place.send({ title, target: { groups: ['docks'] } });
    if (title === 'A') {
      await place.report('bob', sent);
      await place.service.update(ana, sent.id, { state: 'resolved' });
    }
  }
  place.now += 1;
  await place.send({ title: 'Others', target: { people: ['carol'] } });
  await place.send({ title: 'Draft', draft: true });
  const page = await place.service.list(ana, { limit: 3 });
  const rest = await place.service.list(ana, { limit: 3, after: page.next });
  expect([...page.announcements, ...rest.announcements].map((one) => one.title)).toEqual(
    expect.arrayContaining(['Draft', 'Others', 'C', 'B', 'A']),
  );
  expect(rest).toMatchObject({
    announcements: [{ title: 'B' }, { title: 'A', counts: { acknowledged: 1 } }],
  });
  expect(rest.next).toBeUndefined();

  const mine = await place.service.list(bob, { limit: 2 });
  const older = await place.service.list(bob, { limit: 2, after: mine.next });
  expect(mine.announcements.map((one) => one.title)).toEqual(['C', 'B']);
  expect(older).toEqual({
    announcements: [expect.objectContaining({ title: 'A', mine: { state: 'acknowledged' } })],
  });
  await expect(place.service.list(bob, { limit: 2, scope: 'all' })).rejects.toMatchObject({
    error: 'forbidden',
  });
  await expect(place.service.list(bob, { limit: 2, after: 'x' })).rejects.toMatchObject({
    issues: [{ path: 'after' }],
  });
});

test('one that is aimed at others does not exist for a viewer, a sender sees it with counts', async () => {
  const sent = await place.send({ target: { people: ['carol'] } });
  await expect(place.service.get(place.account('bob'), sent.id)).rejects.toMatchObject({ error: 'notFound' });
  expect(await place.service.get(place.account('carol'), sent.id)).not.toHaveProperty('target');
  expect(await place.service.get(place.account('ana'), sent.id)).toMatchObject({
    target: { people: ['carol'] },
    counts: { targeted: 1 },
  });
});

test('every act of a sender is refused to a viewer, and nothing is stored', async () => {
  const bob = place.account('bob');
  const sent = await place.send();
  const content = { severity: 'info', title: 'x', body: '', target: { everyone: true } } as const;
  const { service } = place;
  for (const attempt of [
    () => service.create(bob, content),
    () => service.update(bob, sent.id, { title: 'x' }),
    () => service.retract(bob, sent.id),
    () => service.nudge(bob, sent.id),
    () => service.remove(bob, sent.id),
    () => service.receipts(bob, sent.id, { limit: 10 }),
    () => service.reach(bob, { everyone: true }),
  ])
    await expect(attempt()).rejects.toMatchObject({ error: 'forbidden' });
  expect(await place.db.selectFrom('announcements').select('revision').execute()).toEqual([{ revision: 1 }]);
});
