import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import {
  type Effect,
  initialState,
  type LineEvent,
  type LineState,
  socketOf,
  step,
  wakeAt,
} from './state.ts';

/** Plays events one after the other, `random` always in the middle. */
function play(events: readonly (LineEvent | { pass: number })[]): {
  state: LineState;
  effects: Effect[];
  now: number;
} {
  let state = initialState;
  let now = 1_000;
  const effects: Effect[] = [];
  for (const event of events) {
    if ('pass' in event) {
      now += event.pass;
      continue;
    }
    const [next, wanted] = step(state, event, { now, random: 0.5 });
    state = next;
    effects.push(...wanted);
  }
  return { state, effects, now };
}

const live: LineEvent[] = [
  { type: 'start' },
  { type: 'opened', socket: 1 },
  { type: 'welcome', socket: 1, spreadMs: 4_000 },
  { type: 'resumed', socket: 1 },
];

describe('a line that works', () => {
  test('says hello when open, resumes when welcomed, sends what waited when live', () => {
    const { state, effects } = play(live);
    expect(state.line).toEqual({ name: 'live', socket: 1 });
    expect(effects.map((effect) => effect.type)).toEqual(['open', 'hello', 'resume', 'flush']);
    expect(state.lostAt).toBeUndefined();
  });

  test('is degraded while answers are late, and live again after', () => {
    const late = play([...live, { type: 'lagging', socket: 1, cause: 'slow' }]);
    expect(late.state.line.name).toBe('degraded');
    expect(late.state.cause).toBe('slow');
    const { state } = play([
      ...live,
      { type: 'lagging', socket: 1, cause: 'slow' },
      { type: 'onTime', socket: 1 },
    ]);
    expect(state.line.name).toBe('live');
    expect(state.cause).toBeUndefined();
  });
});

describe('a line that breaks', () => {
  test('waits a random part of the spread that the server asked for', () => {
    const { state, now } = play([...live, { type: 'closed', socket: 1, code: 1006, reason: '' }]);
    expect(state.line).toEqual({ name: 'offline', retryAt: now + 2_000, slot: false });
    expect(state.attempt).toBe(1);
  });

  test('goes by the newest spread that the server told', () => {
    const told: LineEvent = { type: 'spread', socket: 1, spreadMs: 10_000 };
    const { state, now } = play([...live, told, { type: 'closed', socket: 1, code: 1006, reason: '' }]);
    expect(state.line).toEqual({ name: 'offline', retryAt: now + 5_000, slot: false });
  });

  test('waits longer each time, and starts over after 30 s live', () => {
    const short = play([...live, { pass: 29_000 }, { type: 'closed', socket: 1, code: 1006, reason: '' }]);
    expect(short.state.attempt).toBe(1);
    const again = play([
      ...live,
      { type: 'closed', socket: 1, code: 1006, reason: '' },
      { pass: 2_000 },
      { type: 'wake' },
      { type: 'opened', socket: 2 },
      { type: 'welcome', socket: 2, spreadMs: 0 },
      { type: 'resumed', socket: 2 },
      { pass: 5_000 },
      { type: 'closed', socket: 2, code: 1006, reason: '' },
    ]);
    expect(again.state.attempt).toBe(2);
    const stable = play([
      ...live,
      { type: 'closed', socket: 1, code: 1006, reason: '' },
      { pass: 2_000 },
      { type: 'wake' },
      { type: 'opened', socket: 2 },
      { type: 'welcome', socket: 2, spreadMs: 0 },
      { type: 'resumed', socket: 2 },
      { pass: 30_000 },
      { type: 'closed', socket: 2, code: 1006, reason: '' },
    ]);
    expect(stable.state.attempt).toBe(1);
  });

  test('gives up a socket that does not open within 5 s', () => {
    const { state, effects } = play([{ type: 'start' }, { pass: 4_999 }, { type: 'wake' }]);
    expect(state.line.name).toBe('connecting');
    expect(effects).toHaveLength(1);
    const after = play([{ type: 'start' }, { pass: 5_000 }, { type: 'wake' }]);
    expect(after.state.line.name).toBe('offline');
    expect(after.effects).toContainEqual({ type: 'drop', socket: 1 });
  });

  test('counts no attempt that the person asked for', () => {
    const { state } = play([
      ...live,
      { type: 'closed', socket: 1, code: 1006, reason: '' },
      { type: 'now' },
      { type: 'closed', socket: 2, code: 1006, reason: '' },
    ]);
    expect(state.attempt).toBe(1);
  });

  test('remembers since when it is lost, over all tries', () => {
    const { state } = play([
      ...live,
      { pass: 1_000 },
      { type: 'closed', socket: 1, code: 1006, reason: '' },
      { pass: 3_000 },
      { type: 'wake' },
      { type: 'closed', socket: 2, code: 1006, reason: '' },
    ]);
    expect(state.lostAt).toBe(2_000);
  });
});

describe('close codes', () => {
  test.each([
    [closeCodes.signInRequired.code, 'auth'],
    [closeCodes.versionRefused.code, 'upgrade'],
    [closeCodes.badHello.code, 'upgrade'],
    [closeCodes.removed.code, 'kicked'],
    [closeCodes.forbidden.code, 'forbidden'],
    [4_999, 'forbidden'],
  ])('%i stays away: %s', (code, reason) => {
    const { state } = play([...live, { type: 'closed', socket: 1, code, reason: 'because' }]);
    expect(state.line).toEqual({ name: 'blocked', reason });
  });

  test.each([1_000, 1_001, 1_006, 1_009, 4_000, 4_404, 4_429, 4_499])('%i comes back', (code) => {
    const { state } = play([...live, { type: 'closed', socket: 1, code, reason: '' }]);
    expect(state.line.name).toBe('offline');
  });

  test('the words of an admin who removed the person are shown', () => {
    const { state } = play([...live, { type: 'closed', socket: 1, code: 4_503, reason: 'Shift is over' }]);
    expect(state.cause).toBe('Shift is over');
  });
});

describe('the slot that a server gives', () => {
  const slotted: LineEvent[] = [...live, { type: 'slot', socket: 1, inMs: 7_000 }];

  test('[DRN-1] is obeyed to the millisecond, and no hint shortens it', () => {
    const { state, now } = play([...slotted, { type: 'online' }, { type: 'visible' }]);
    expect(state.line).toEqual({ name: 'offline', retryAt: now + 7_000, slot: true });
  });

  test('yields to the person', () => {
    expect(play([...slotted, { type: 'now' }]).state.line.name).toBe('connecting');
  });
});

describe('hints', () => {
  const waiting: LineEvent[] = [
    ...live,
    { type: 'closed', socket: 1, code: 1006, reason: '' },
    { type: 'now' },
    { type: 'closed', socket: 2, code: 1006, reason: '' },
  ];

  test('bring the next try nearer, within the spread', () => {
    const { state, now } = play([...waiting, { pass: -10_000 }, { type: 'online' }]);
    expect(wakeAt(state)).toBe(now + 2_000);
  });

  test('never put it off', () => {
    const before = play([...waiting, { pass: 1_999 }]);
    const after = play([...waiting, { pass: 1_999 }, { type: 'online' }]);
    expect(wakeAt(after.state)).toBe(wakeAt(before.state));
  });

  test('a hidden page leaves, and comes back at once when it is looked at', () => {
    const left = play([...live, { type: 'away' }]);
    expect(left.state.line).toEqual({ name: 'idle', away: true });
    expect(left.effects.at(-1)).toEqual({ type: 'drop', socket: 1 });
    expect(play([...live, { type: 'away' }, { type: 'online' }]).state.line.name).toBe('idle');
    expect(play([...live, { type: 'away' }, { type: 'visible' }]).state.line.name).toBe('connecting');
  });
});

describe('a page that nobody looks at', () => {
  test('is as of when it left, however long ago that was', () => {
    const { state } = play([
      ...live,
      { pass: 500 },
      { type: 'away' },
      { pass: 3_600_000 },
      { type: 'visible' },
    ]);
    expect(state.line.name).toBe('connecting');
    expect(state.lostAt).toBe(1_500);
  });

  test('comes back no sooner than the server said, though it is looked at before', () => {
    const { state, now } = play([
      ...live,
      { type: 'slot', socket: 1, inMs: 20_000 },
      { type: 'away' },
      { pass: 5_000 },
      { type: 'visible' },
    ]);
    expect(state.line).toEqual({ name: 'offline', retryAt: now + 15_000, slot: true });
  });
});

test('[P28] a line that fell silent is lost since it was last heard', () => {
  const { state } = play([...live, { pass: 35_000 }, { type: 'dead', socket: 1, heardAt: 2_000 }]);
  expect(state.lostAt).toBe(2_000);
});

describe('what plain HTTP says after a refused socket', () => {
  const refused: LineEvent[] = [{ type: 'start' }, { type: 'closed', socket: 1, code: 1006, reason: '' }];

  test('is asked when the first connection fails', () => {
    expect(play(refused).effects.at(-1)).toEqual({ type: 'diagnose', socket: 1 });
  });

  test('is not asked at once when a line that worked breaks', () => {
    const { effects } = play([...live, { type: 'closed', socket: 1, code: 1006, reason: '' }]);
    expect(effects.some((effect) => effect.type === 'diagnose')).toBe(false);
  });

  test('signed out: stays away until the person signs in', () => {
    const { state } = play([...refused, { type: 'diagnosed', socket: 1, finding: { kind: 'signedOut' } }]);
    expect(state.line).toEqual({ name: 'blocked', reason: 'auth' });
  });

  test('busy: waits as long as the server says', () => {
    const finding = { kind: 'busy', retryAfterMs: 30_000 } as const;
    const { state, now } = play([...refused, { type: 'diagnosed', socket: 1, finding }]);
    expect(wakeAt(state)).toBe(now + 30_000);
  });

  test('works: a proxy or the list of origins is the likely cause', () => {
    const { state } = play([...refused, { type: 'diagnosed', socket: 1, finding: { kind: 'httpWorks' } }]);
    expect(state.cause).toMatch(/WebSocket was refused/);
  });

  test('works, and so did the line before: no proxy is blamed, the server is full or just back', () => {
    const failures: (LineEvent | { pass: number })[] = [2, 3, 4].flatMap((socket) => [
      { pass: 20_000 },
      { type: 'wake' },
      { type: 'closed', socket, code: 1006, reason: '' },
    ]);
    const { state, effects } = play([
      ...live,
      { type: 'closed', socket: 1, code: 1006, reason: '' },
      ...failures,
      { type: 'diagnosed', socket: 4, finding: { kind: 'httpWorks' } },
    ]);
    expect(effects.at(-1)).toEqual({ type: 'diagnose', socket: 4 });
    expect(state.cause).toBe('The server answers, but takes no live connection yet.');
    expect(state.refused).toBeUndefined();
  });

  test('is asked when a line that worked cannot be had back at the first try', () => {
    const { effects } = play([
      ...live,
      { type: 'closed', socket: 1, code: 1006, reason: '' },
      { pass: 20_000 },
      { type: 'wake' },
      { type: 'closed', socket: 2, code: 1006, reason: '' },
    ]);
    expect(effects.at(-1)).toEqual({ type: 'diagnose', socket: 2 });
  });

  test('[T95] busy: no hint shortens the wait that the server gave', () => {
    const finding = { kind: 'busy', retryAfterMs: 30_000 } as const;
    const { state, now } = play([
      ...refused,
      { type: 'diagnosed', socket: 1, finding },
      { type: 'online' },
      { type: 'visible' },
    ]);
    expect(wakeAt(state)).toBe(now + 30_000);
  });

  test('a proxy is no longer blamed once the line works', () => {
    const { state } = play([
      ...refused,
      { type: 'diagnosed', socket: 1, finding: { kind: 'httpWorks' } },
      { type: 'now' },
      { type: 'opened', socket: 2 },
      { type: 'welcome', socket: 2, spreadMs: 0 },
      { type: 'resumed', socket: 2 },
    ]);
    expect(state).not.toHaveProperty('refused');
    expect(state).not.toHaveProperty('cause');
  });

  test('comes too late once the next try runs', () => {
    const { state } = play([
      ...refused,
      { type: 'now' },
      { type: 'diagnosed', socket: 1, finding: { kind: 'signedOut' } },
    ]);
    expect(state.line.name).toBe('connecting');
  });
});

test('late events of a replaced socket change nothing', () => {
  const replaced: LineEvent[] = [...live, { type: 'dead', socket: 1, heardAt: 500 }, { type: 'now' }];
  const { state } = play(replaced);
  for (const type of ['opened', 'resumed', 'onTime'] as const) {
    expect(step(state, { type, socket: 1 }, { now: 9_000, random: 0 })).toEqual([state, []]);
  }
  const dead = { type: 'dead', socket: 1, heardAt: 0 } as const;
  expect(step(state, dead, { now: 9_000, random: 0 })).toEqual([state, []]);
  const closed = { type: 'closed', socket: 1, code: 4_500, reason: '' } as const;
  expect(step(state, closed, { now: 9_000, random: 0 })).toEqual([state, []]);
});

const socketNumber = fc.integer({ min: 1, max: 6 });
const anyEvent: fc.Arbitrary<LineEvent> = fc.oneof(
  fc.constantFrom<LineEvent>(
    { type: 'start' },
    { type: 'stop' },
    { type: 'now' },
    { type: 'wake' },
    { type: 'online' },
    { type: 'visible' },
    { type: 'away' },
  ),
  fc.record({ type: fc.constantFrom('opened', 'resumed', 'onTime'), socket: socketNumber }),
  fc.record({ type: fc.constant('dead'), socket: socketNumber, heardAt: fc.constant(0) }),
  fc.record({
    type: fc.constant('welcome'),
    socket: socketNumber,
    spreadMs: fc.integer({ min: 0, max: 30_000 }),
  }),
  fc.record({ type: fc.constant('lagging'), socket: socketNumber, cause: fc.constant('slow') }),
  fc.record({ type: fc.constant('slot'), socket: socketNumber, inMs: fc.integer({ min: 0, max: 30_000 }) }),
  fc.record({
    type: fc.constant('closed'),
    socket: socketNumber,
    code: fc.constantFrom(1_000, 1_006, 4_400, 4_404, 4_500, 4_503, 4_505),
    reason: fc.constant(''),
  }),
  fc.record({
    type: fc.constant('diagnosed'),
    socket: socketNumber,
    finding: fc.constantFrom(
      { kind: 'signedOut' } as const,
      { kind: 'httpWorks' } as const,
      { kind: 'busy', retryAfterMs: 5_000 } as const,
    ),
  }),
);

test('whatever comes in whatever order: one socket at most, no retry while blocked, waits are bounded', () => {
  const story = fc.array(
    fc.record({
      event: anyEvent,
      passMs: fc.integer({ min: 0, max: 60_000 }),
      random: fc.double({ min: 0, max: 0.999 }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(story, (events) => {
      let state = initialState;
      let now = 0;
      const open = new Set<number>();
      for (const { event, passMs, random } of events) {
        now += passMs;
        const before = state;
        const [next, effects] = step(before, event, { now, random });
        state = next;
        for (const effect of effects) {
          if (effect.type === 'open') open.add(effect.socket);
          if (effect.type === 'drop') open.delete(effect.socket);
          expect(open.size).toBeLessThanOrEqual(1);
        }
        // The socket of the state is the open one: none is forgotten, none is used that was dropped.
        expect([...open]).toEqual(socketOf(state.line) === undefined ? [] : [socketOf(state.line)]);
        if (before.line.name === 'blocked' && event.type !== 'start' && event.type !== 'now') {
          expect(effects.some((effect) => effect.type === 'open')).toBe(false);
        }
        if (state.line.name === 'blocked') expect(wakeAt(state)).toBeUndefined();
        const due = wakeAt(state);
        if (due !== undefined) expect(due - now).toBeLessThanOrEqual(30_000);
        // Nobody is left without a way on: where no socket lives, a timer or a person brings the next.
        if (state.line.name === 'offline') expect(due).toBeDefined();
      }
    }),
    { numRuns: 2_000 },
  );
});
