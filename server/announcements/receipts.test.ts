import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReceiptCounts } from '../../shared/domain/announcement.ts';
import { Place, type Screen } from './test-place.ts';

let place: Place;

beforeEach(async () => {
  place = await Place.open();
});

afterEach(async () => {
  await place.close();
  expect(place.errors).toEqual([]);
});

test('[ANN-3] a higher receipt implies the lower ones, and none goes back', async () => {
  const sent = await place.send();
  await place.report('bob', sent, { device: 'Firefox, Linux' });
  place.now += 1_000;
  expect(await place.report('bob', sent, { state: 'delivered' })).toEqual({ state: 'acknowledged' });
  expect(await place.counts(sent.id)).toEqual({
    targeted: 3,
    delivered: 1,
    seen: 1,
    acknowledged: 1,
    late: 0,
    unreachable: 2,
  });
  const { receipts } = await place.service.receipts(place.account('ana'), sent.id, { limit: 10 });
  const at = place.now - 1_000;
  expect(receipts[1]).toEqual({
    person: { id: 'bob', name: 'Bob', groups: ['docks'] },
    state: 'acknowledged',
    online: false,
    late: false,
    deliveredAt: at,
    seenAt: at,
    acknowledgedAt: at,
    device: 'Firefox, Linux',
  });
});

test('[ANN-3] the same receipt twice changes nothing, and of two answers the first one counts', async () => {
  const sent = await place.send({
    acknowledge: { choices: [{ text: 'Safe' }, { text: 'Help', urgent: true }] },
  });
  const bob = await place.connect('bob');
  await place.report('bob', sent, { answer: 'Help' });
  const got = bob.messages.length;
  expect(await place.report('bob', sent, { answer: 'Safe' })).toEqual({
    state: 'acknowledged',
    answer: 'Help',
  });
  expect(bob.messages).toHaveLength(got);
});

test('[TGT-1] what one device acknowledges all devices of the person know, and nobody else', async () => {
  const [phone, desk, carol] = await Promise.all([
    place.connect('bob'),
    place.connect('bob'),
    place.connect('carol'),
  ]);
  const sent = await place.send();
  await place.report('bob', sent);
  for (const device of [phone, desk]) expect(device.shown).toEqual(['Tide live acknowledged']);
  expect(carol.shown).toEqual(['Tide live none']);
});

test('[ANN-3] deferred is a time and no rank', async () => {
  const sent = await place.send();
  await place.report('bob', sent, { state: 'seen' });
  expect(await place.report('bob', sent, { state: 'deferred' })).toEqual({
    state: 'seen',
    deferredAt: place.now,
  });
  await place.report('bob', sent);
  place.now += 1;
  expect((await place.report('bob', sent, { state: 'deferred' })).deferredAt).toBe(place.now - 1);
});

test('[ANN-3] [ANN-6] an acknowledgement after the deadline is late, by the clock of the server', async () => {
  const sent = await place.send({ acknowledge: { lateAt: place.now + 1_000 } });
  place.now += 1_000;
  await place.report('bob', sent);
  place.now += 1;
  await place.report('carol', sent);
  expect(await place.counts(sent.id)).toMatchObject({ acknowledged: 2, late: 1 });
});

test('[ANN-6] unreachable are those who had no connection since it was sent', async () => {
  await place.connect('bob');
  const sent = await place.send();
  expect((await place.counts(sent.id)).unreachable).toBe(2);
  await place.connect('carol');
  expect((await place.counts(sent.id)).unreachable).toBe(1);
});

test('a receipt that cannot be true is refused with the field, and counts nothing', async () => {
  const choices = [{ text: 'Safe' }];
  const asked = await place.send({ target: { groups: ['docks'] }, acknowledge: { choices } });
  const plain = await place.send({ target: { groups: ['docks'] } });
  const ended = await place.send({ target: { groups: ['docks'] } });
  await place.service.retract(place.account('ana'), ended.id);
  const field = (path: string) => ({ error: 'malformed', issues: [{ path }] });
  const refused: [() => Promise<unknown>, object][] = [
    [() => place.report('carol', plain), { error: 'notFound' }],
    [() => place.report('bob', { id: 'nothing', revision: 1 }), { error: 'notFound' }],
    [() => place.report('meter', plain), { error: 'forbidden' }],
    [() => place.report('bob', { ...plain, revision: 2 }), field('revision')],
    [() => place.report('bob', plain, { answer: 'Safe' }), field('answer')],
    [() => place.report('bob', asked), field('answer')],
    [() => place.report('bob', asked, { answer: 'Maybe' }), field('answer')],
    [() => place.report('bob', asked, { state: 'seen', answer: 'Safe' }), field('answer')],
    [() => place.report('bob', ended), { error: 'conflict' }],
  ];
  for (const [attempt, error] of refused) await expect(attempt()).rejects.toMatchObject(error);
  for (const { id } of [asked, plain]) expect((await place.counts(id)).delivered).toBe(0);
});

test('[ANN-6] an answer that was given in time counts although it arrives after the end', async () => {
  const sent = await place.send();
  await place.report('bob', sent, { state: 'delivered' });
  await place.service.update(place.account('ana'), sent.id, { state: 'resolved' });
  await place.report('bob', sent);
  expect((await place.counts(sent.id)).acknowledged).toBe(1);
});

test('[LST-1] the report is paged by name, filtered by state and searched', async () => {
  for (const name of ['erik', 'frida']) place.addPerson(name, []);
  const sent = await place.send({ acknowledge: { lateAt: place.now + 1 } });
  await place.report('bob', sent, { state: 'delivered' });
  await place.report('erik', sent, { state: 'seen' });
  place.now += 5;
  await place.report('carol', sent);
  const page = async (query: object) => {
    const { receipts, next } = await place.service.receipts(place.account('ana'), sent.id, {
      limit: 100,
      ...query,
    });
    return { names: receipts.map((one) => one.person.name), next };
  };
  expect(await page({ limit: 3 })).toEqual({ names: ['Ana', 'Bob', 'Carol'], next: 'carol' });
  expect(await page({ limit: 3, after: 'carol' })).toEqual({ names: ['Erik', 'Frida'], next: undefined });
  const names = async (query: object) => (await page(query)).names;
  expect(await names({ state: 'delivered' })).toEqual(['Bob']);
  expect(await names({ state: 'none' })).toEqual(['Ana', 'Frida']);
  expect(await names({ state: 'unacknowledged' })).toEqual(['Ana', 'Bob', 'Erik', 'Frida']);
  expect(await names({ state: 'late' })).toEqual(['Carol']);
  expect(await names({ state: 'unreachable' })).toEqual(['Ana', 'Frida']);
  expect(await names({ q: 'RI' })).toEqual(['Erik', 'Frida']);
});

test('[ANN-7] an open report hears of a receipt at once, of many in few messages, and a viewer never', async () => {
  const people = Array.from({ length: 150 }, (_, index) => `person-${index}`);
  for (const id of people) place.addPerson(id, []);
  const ana = await place.connect('ana');
  const bob = await place.connect('bob');
  const sent = await place.send();
  await place.until(() => expect(ana.reports.length).toBeGreaterThan(0));
  await Promise.all(people.map((id) => place.report(id, sent, { state: 'delivered' })));
  const told = () =>
    new Set(
      ana.reports.flatMap((one) =>
        one.receipts.filter((row) => row.state === 'delivered').map((row) => row.person.id),
      ),
    );
  await place.until(() => expect(told().size).toBe(150));
  expect(ana.reports.length).toBeLessThan(10);
  for (const one of ana.reports) expect(one.receipts.length).toBeLessThanOrEqual(100);
  expect(ana.reports.at(-1)).toMatchObject({ id: sent.id, state: 'live', counts: { delivered: 150 } });
  expect(bob.reports).toEqual([]);
});

test('[ANN-3] a thousand receipts of one moment are kept in few transactions, each answered', async () => {
  const people = Array.from({ length: 1_000 }, (_, index) => `person-${index}`);
  for (const id of people) place.addPerson(id, []);
  const sent = await place.send();
  const began = performance.now();
  await Promise.all(people.map((id) => place.report(id, sent, { state: 'delivered' })));
  // A second is asked for where a thousand are online; ten times that is a fault, not a slow machine.
  expect(performance.now() - began).toBeLessThan(10_000);
  expect((await place.counts(sent.id)).delivered).toBe(1_000);
});

type Step =
  | { do: 'report'; who: number; state: 'delivered' | 'seen' | 'deferred' | 'acknowledged' }
  | { do: 'come' | 'go'; who: number }
  | { do: 'edit' | 'nudge' | 'retract' }
  | { do: 'wait'; ms: number };

const who = fc.nat({ max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      who,
      state: fc.constantFrom(
        'delivered' as const,
        'seen' as const,
        'deferred' as const,
        'acknowledged' as const,
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('come' as const, 'go' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'nudge' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 1_000 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'retract' as const }) },
);

test('[ANN-3] whatever happens, counts of a target never fall and never pass the number of people', async () => {
  const ids = ['ana', 'bob', 'carol', 'meter'];
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { service, hub } = place;
      const ana = place.account('ana');
      const sent = await place.send({
        target: { groups: ['docks', 'gates'] },
        acknowledge: { lateAt: place.now + 500 },
      });
      const screens: Screen[] = [];
      let last: ReceiptCounts = await place.counts(sent.id);
      let revision = 1;
      let live = true;
      for (const one of steps) {
        const id = 'who' in one ? ids[one.who]! : '';
        if (one.do === 'report')
          await place.report(id, { id: sent.id, revision }, { state: one.state }).catch(expectRefusal);
        if (one.do === 'come') screens.push(await place.connect(id));
        if (one.do === 'go') for (const screen of hub.clientsOf(place.account(id).id)) hub.remove(screen);
        if (one.do === 'edit' && live) {
          revision += 1;
          await service.update(ana, sent.id, { title: `Tide ${revision}` });
        }
        if (one.do === 'nudge' && live) await service.nudge(ana, sent.id);
        if (one.do === 'retract') {
          live = false;
          await service.retract(ana, sent.id);
        }
        if (one.do === 'wait') place.now += one.ms;
        const counts = await place.counts(sent.id);
        for (const name of ['targeted', 'delivered', 'seen', 'acknowledged', 'late'] as const)
          expect(counts[name]).toBeGreaterThanOrEqual(last[name]);
        expect(counts.targeted).toBe(2);
        const falling = [counts.targeted, counts.delivered, counts.seen, counts.acknowledged, counts.late];
        expect(falling).toEqual([...falling].sort((a, b) => b - a));
        expect(counts.unreachable).toBeLessThanOrEqual(counts.targeted - counts.delivered);
        last = counts;
      }
      for (const screen of [...hub.clients()]) hub.remove(screen);
      await service.retract(ana, sent.id);
    }),
    { numRuns: 20 },
  );
});

function expectRefusal(error: unknown): void {
  expect(error).toHaveProperty('error');
}
