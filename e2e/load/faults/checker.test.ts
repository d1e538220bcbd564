import { expect, test } from 'vitest';
import { Checker } from './checker.ts';
import type { Answer, Item } from './follower.ts';
import type { ViolationKind } from './ledger.ts';

const CHANNEL = 'a';
const EPOCH = 'e1';

function items(count: number): Item[] {
  return Array.from({ length: count }, (_, at) => ({ offset: at + 1, hash: `h${at + 1}` }));
}

function createChecker(durability: 'disk' | 'memory' = 'disk'): Checker {
  return new Checker([{ name: CHANNEL, durability }]);
}

/** One producer that sends one after the other, all acknowledged. */
function publish(checker: Checker, all: readonly Item[], epoch = EPOCH): void {
  for (const { offset, hash } of all) {
    checker.sent({ producer: 'p', channel: CHANNEL, key: `k-${hash}`, hash });
    checker.acknowledged(`k-${hash}`, { epoch, offset });
  }
}

function finish(checker: Checker, publications: readonly Item[], offset = publications.length): Checker {
  checker.finish([{ channel: CHANNEL, epoch: EPOCH, offset, publications }]);
  return checker;
}

function answer(offset: number, more: Partial<Answer> = {}): Answer {
  return { epoch: EPOCH, offset, publications: [], ...more };
}

/** A whole run with two viewers, of whom one is shown what `tamper` makes of the truth. */
function run(count: number, tamper: (truth: Item[]) => Item[] = (truth) => truth): Checker {
  const checker = createChecker();
  const truth = items(count);
  publish(checker, truth);
  for (const [viewer, shown] of [
    ['honest', truth],
    ['tampered', tamper([...truth])],
  ] as const) {
    const follower = checker.follow(viewer, CHANNEL);
    follower.subscribed('c1', undefined, answer(0));
    for (const item of shown) follower.publication('c1', item);
  }
  return finish(checker, truth);
}

function found({ ledger }: Checker): Partial<Record<ViolationKind, number>> {
  return Object.fromEntries(ledger.counts);
}

test('a run in which nothing went wrong has no violation, and its deliveries are counted', () => {
  const checker = run(1_000);
  expect(found(checker)).toEqual({});
  expect(checker.figures.deliveries).toBe(2_000);
  expect(checker.outcomes).toEqual({ sent: 1_000, acknowledged: 1_000, refused: 0, unknown: 0 });
});

test('one publication of 100,000 that one viewer does not get is a silent gap', () => {
  const checker = run(100_000, (truth) => truth.filter(({ offset }) => offset !== 70_001));
  expect(found(checker)).toEqual({ 'silent gap': 1 });
  expect(checker.ledger.listed[0]).toBe('silent gap: tampered over c1, a: 70001');
});

test('one that comes twice is a duplicate', () => {
  const checker = run(10, (truth) => truth.toSpliced(5, 0, truth[4]!));
  expect(found(checker)).toEqual({ duplicate: 1 });
});

test('two that change places are a reorder, and no gap', () => {
  const checker = run(10, (truth) => truth.toSpliced(4, 2, truth[5]!, truth[4]!));
  expect(found(checker)).toEqual({ reorder: 1 });
});

test('one that comes late out of a longer hole leaves the rest of the hole', () => {
  const checker = run(10, (truth) => truth.toSpliced(3, 4, truth[7]!, truth[4]!).toSpliced(5, 1));
  expect(found(checker)).toEqual({ reorder: 1, 'silent gap': 3 });
});

test('a payload that changed on its way to one viewer shows, whoever is right', () => {
  const checker = run(10, (truth) => truth.with(4, { offset: 5, hash: 'other' }));
  expect(found(checker)).toEqual({ 'two payloads': 1 });
});

test('a publication that nobody sent is one too many', () => {
  const checker = createChecker();
  const follower = checker.follow('v', CHANNEL);
  follower.subscribed('c1', undefined, answer(0));
  follower.publication('c1', { offset: 1, hash: 'invented' });
  expect(found(finish(checker, [{ offset: 1, hash: 'invented' }]))).toEqual({ 'never sent': 1 });
});

test('[DUR-1] what was acknowledged and is not in the log is lost', () => {
  const checker = createChecker();
  publish(checker, items(10));
  expect(found(finish(checker, items(9)))).toEqual({ 'acknowledged, lost': 1, 'shown, not kept': 1 });
});

test('[DUR-1] an acknowledged position with other data in the log is two payloads', () => {
  const checker = createChecker();
  publish(checker, items(3));
  const log = items(3).with(1, { offset: 2, hash: 'h3' });
  expect(found(finish(checker, log))).toEqual({ 'two payloads': 1 });
});

test('[DUR-1] a publication that was shown and then is not kept, is found', () => {
  const checker = createChecker();
  checker.sent({ producer: 'p', channel: CHANNEL, key: 'k', hash: 'h1' });
  const follower = checker.follow('v', CHANNEL);
  follower.subscribed('c1', undefined, answer(0));
  follower.publication('c1', { offset: 1, hash: 'h1' });
  expect(found(finish(checker, []))).toEqual({ 'shown, not kept': 1, 'never caught up': 1 });
});

test('what retention has trimmed since is not lost', () => {
  const checker = createChecker();
  publish(checker, items(10));
  expect(found(finish(checker, items(10).slice(6), 10))).toEqual({});
});

test('a log that skips an offset or ends before its head has a gap', () => {
  const checker = createChecker();
  publish(checker, items(2));
  checker.sent({ producer: 'p', channel: CHANNEL, key: 'k-h4', hash: 'h4' });
  expect(found(finish(checker, [...items(2), { offset: 4, hash: 'h4' }], 5))).toEqual({ 'silent gap': 2 });
});

test('[REC-3] a disk channel that has another epoch at the end has lost its numbering; a memory channel may', () => {
  for (const [durability, violations] of [
    ['disk', { 'epoch changed': 1 }],
    ['memory', {}],
  ] as const) {
    const checker = createChecker(durability);
    publish(checker, items(1), 'e0');
    expect(found(finish(checker, []))).toEqual(violations);
  }
});

test('an unknown outcome may be there once or not at all, but not twice', () => {
  for (const [log, violations] of [
    [[], {}],
    [[{ offset: 1, hash: 'x' }], {}],
    [
      [
        { offset: 1, hash: 'x' },
        { offset: 2, hash: 'x' },
      ],
      { 'published twice': 1 },
    ],
  ] as [Item[], object][]) {
    const checker = createChecker();
    checker.sent({ producer: 'p', channel: CHANNEL, key: 'k', hash: 'x' });
    expect(found(finish(checker, log))).toEqual(violations);
    expect(checker.outcomes.unknown).toBe(1);
  }
});

test('a publication that was refused must not be there', () => {
  const checker = createChecker();
  checker.sent({ producer: 'p', channel: CHANNEL, key: 'k', hash: 'x' });
  checker.refused('k');
  expect(found(finish(checker, [{ offset: 1, hash: 'x' }]))).toEqual({ 'published, refused': 1 });
});

test('[ORD-1] a publication sent after an acknowledgement must come behind it, acknowledged or not', () => {
  for (const acknowledged of [true, false]) {
    const checker = createChecker();
    publish(checker, [{ offset: 2, hash: 'h2' }]);
    checker.sent({ producer: 'p', channel: CHANNEL, key: 'later', hash: 'h1' });
    if (acknowledged) checker.acknowledged('later', { epoch: EPOCH, offset: 1 });
    expect(found(finish(checker, items(2)))).toEqual({ overtaken: 1 });
  }
});

test('two publications with the same data are a mistake of the run', () => {
  const checker = createChecker();
  publish(checker, items(1));
  expect(() => publish(checker, items(1))).toThrow('sent before');
  expect(() => checker.acknowledged('unheard', { epoch: EPOCH, offset: 1 })).toThrow('never sent');
});

/** A viewer that got 1 to 5 of 10, lost its line, and is answered like this. */
function resume(reply: Answer, then: (follower: ReturnType<Checker['follow']>) => void = () => {}): Checker {
  const checker = createChecker();
  publish(checker, items(10));
  const follower = checker.follow('v', CHANNEL);
  follower.subscribed('c1', undefined, answer(0));
  for (const item of items(5)) follower.publication('c1', item);
  follower.closed();
  expect(follower.position).toEqual({ epoch: EPOCH, offset: 5 });
  follower.subscribed('c2', follower.position, reply);
  then(follower);
  return finish(checker, items(10));
}

const [, , , , , six, seven, eight, nine, ten] = items(10) as [
  Item,
  Item,
  Item,
  Item,
  Item,
  Item,
  Item,
  Item,
  Item,
  Item,
];

test('[REC-1] a recovery that gives all, at once or in several frames, is complete', () => {
  const all = [six, seven, eight, nine, ten];
  expect(found(resume(answer(10, { recovered: true, publications: all })))).toEqual({});
  const paged = resume(answer(10, { recovered: true, publications: [six] }), (follower) => {
    for (const item of [seven, eight, nine, ten]) follower.publication('c2', item);
  });
  expect(found(paged)).toEqual({});
  expect([...paged.figures.recoveries]).toEqual([['complete', 1]]);
});

test('[REC-1] `recovered: true` with something missing is false, even if a gap tells of it', () => {
  const missing = answer(10, { recovered: true, publications: [seven, eight, nine, ten] });
  expect(found(resume(missing))).toEqual({ 'false recovery': 1, 'silent gap': 1 });
  const thinned = resume(answer(10, { recovered: true, publications: [six] }), (follower) => {
    follower.gap('c2', { epoch: EPOCH, from: 7, to: 9, reason: 'thinned' });
    follower.publication('c2', ten);
  });
  expect(found(thinned)).toEqual({ 'false recovery': 1 });
});

test('[REC-1] `recovered: true` of another numbering is false', () => {
  const other = resume(answer(10, { epoch: 'e2', recovered: true }));
  expect(found(other)).toMatchObject({ 'false recovery': 1 });
});

test('[REC-4] an incomplete recovery announces what is missing at once', () => {
  const reply = answer(10, { recovered: false, reason: 'trimmed', publications: [ten] });
  const gap = { epoch: EPOCH, reason: 'trimmed' } as const;
  const told = resume(reply, (follower) => follower.gap('c2', { ...gap, from: 6, to: 9 }));
  expect(found(told)).toEqual({});
  expect([[...told.figures.gaps], told.figures.gapOffsets]).toEqual([[['trimmed', 1]], 4]);
  expect(found(resume(reply))).toMatchObject({ 'silent gap': 4 });
  const half = resume(reply, (follower) => follower.gap('c2', { ...gap, from: 6, to: 8 }));
  expect(found(half)).toEqual({ 'silent gap': 1 });
});

test('[REC-1] [REC-6] the reason is the true one', () => {
  expect(found(resume(answer(10, { recovered: false, reason: 'epoch' })))).toEqual({ 'wrong reason': 1 });
  expect(found(resume(answer(3, { recovered: false, reason: 'trimmed' })))).toMatchObject({
    'wrong reason': 1,
  });
  expect(found(resume(answer(10, { recovered: false })))).toEqual({ 'wrong reason': 1 });
});

test('[ORD-2] a gap explains exactly its offsets, and only once', () => {
  const checker = createChecker();
  publish(checker, items(10));
  const follower = checker.follow('v', CHANNEL);
  follower.subscribed('c1', undefined, answer(0));
  follower.gap('c1', { epoch: EPOCH, from: 1, to: 5, reason: 'thinned' });
  follower.publication('c1', seven);
  follower.gap('c1', { epoch: EPOCH, from: 7, to: 8, reason: 'thinned' });
  for (const item of [nine, ten]) follower.publication('c1', item);
  expect(found(finish(checker, items(10)))).toEqual({ 'silent gap': 1, 'out of turn': 1 });
});

test('[LAN-1] nothing comes outside a subscription, nor over a connection that is gone', () => {
  const checker = createChecker();
  publish(checker, items(1));
  const follower = checker.follow('v', CHANNEL);
  follower.publication('c1', items(1)[0]!);
  follower.subscribed('c2', undefined, answer(1));
  follower.publication('c1', items(1)[0]!);
  expect(found(finish(checker, items(1)))).toEqual({ 'out of turn': 2 });
});

test('whoever is not at the head in the end, or not subscribed, never caught up', () => {
  const checker = createChecker();
  publish(checker, items(2));
  for (const [viewer, offset] of [
    ['there', 2],
    ['behind', 1],
    ['away', 2],
  ] as const) {
    const follower = checker.follow(viewer, CHANNEL);
    follower.subscribed('c1', undefined, answer(offset));
    if (viewer === 'away') follower.unsubscribed(false);
  }
  expect(found(finish(checker, items(2)))).toEqual({ 'never caught up': 2 });
});

test('after 41001 there is no position to continue from', () => {
  const follower = createChecker().follow('v', CHANNEL);
  follower.subscribed('c1', undefined, answer(4));
  follower.unsubscribed(true);
  expect(follower.position).toBeUndefined();
});
