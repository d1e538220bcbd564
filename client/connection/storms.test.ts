import { describe, expect, test } from 'vitest';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import { type Finding, initialState, type LineEvent, type LineState, step, wakeAt } from './state.ts';

const SECOND = 1_000;

interface Server {
  /** What becomes of a socket that the page opens, in order; `afterMs` from the one before. */
  socket: readonly ({ afterMs: number } & (
    | { type: 'opened' | 'resumed' }
    | { type: 'welcome'; spreadMs: number }
    | { type: 'closed'; code: number; reason: string }
  ))[];
  /** What plain HTTP says. */
  finding?: Finding;
}

/** A page against a server that behaves the same each time. @returns when it opened sockets (ms), and where it ended */
function meet(
  server: Server,
  forMs: number,
  before: readonly LineEvent[] = [],
): { opened: number[]; state: LineState } {
  const opened: number[] = [];
  const coming: { at: number; event: LineEvent }[] = [];
  let state = initialState;
  let now = 0;
  const play = (event: LineEvent): void => {
    const [next, effects] = step(state, event, { now, random: 0.5 });
    state = next;
    for (const { type, socket } of effects) {
      if (type === 'open') {
        opened.push(now);
        let at = now;
        for (const { afterMs, ...one } of server.socket) {
          at += afterMs;
          coming.push({ at, event: { ...one, socket } });
        }
      }
      if (type === 'diagnose' && server.finding) {
        coming.push({ at: now, event: { type: 'diagnosed', socket, finding: server.finding } });
      }
    }
  };
  for (const event of before) play(event);
  coming.length = 0;
  opened.length = 0;
  play(before.length === 0 ? { type: 'start' } : { type: 'closed', socket: 1, code: 1006, reason: '' });
  for (;;) {
    coming.sort((one, other) => one.at - other.at);
    const due = wakeAt(state) ?? Number.POSITIVE_INFINITY;
    const next = Math.min(due, coming[0]?.at ?? Number.POSITIVE_INFINITY);
    if (next > forMs) return { opened, state };
    now = next;
    play(coming[0]?.at === now ? coming.shift()!.event : { type: 'wake' });
  }
}

const live: LineEvent[] = [
  { type: 'start' },
  { type: 'opened', socket: 1 },
  { type: 'welcome', socket: 1, spreadMs: 0 },
  { type: 'resumed', socket: 1 },
];
const refused = [{ afterMs: 20, type: 'closed', code: 1006, reason: '' }] as const;
const waits = (times: readonly number[]): number[] =>
  times.slice(1).map((at, index) => at - (times[index] ?? 0));

describe('[T95] a server that refuses', () => {
  test('503 with Retry-After 30: a page waits those 30 s each time, one that was live as soon as it has asked', () => {
    const busy: Server = { socket: refused, finding: { kind: 'busy', retryAfterMs: 30 * SECOND } };
    const fresh = meet(busy, 60 * SECOND);
    expect(fresh.opened).toHaveLength(2);
    expect(Math.min(...waits(fresh.opened))).toBeGreaterThanOrEqual(30 * SECOND);
    const lost = meet(busy, 60 * SECOND, live);
    expect(lost.opened.length).toBeLessThanOrEqual(8);
    expect(Math.max(...waits(lost.opened))).toBeGreaterThanOrEqual(30 * SECOND);
    expect(lost.state.cause).toBe('The server is busy.');
  });

  test('401: it goes to the sign-in and tries no more', () => {
    const signedOut: Server = { socket: refused, finding: { kind: 'signedOut' } };
    const fresh = meet(signedOut, 3_600 * SECOND);
    expect(fresh.opened).toHaveLength(1);
    expect(fresh.state.line).toEqual({ name: 'blocked', reason: 'auth' });
    const lost = meet(signedOut, 3_600 * SECOND, live);
    expect(lost.opened.length).toBeLessThanOrEqual(4);
    expect(lost.state.line).toEqual({ name: 'blocked', reason: 'auth' });
  });

  test('another protocol version: it asks for a reload and tries no more', () => {
    const { code, reason } = closeCodes.versionRefused;
    const closes: Server = {
      socket: [
        { afterMs: 20, type: 'opened' },
        { afterMs: 20, type: 'closed', code, reason },
      ],
    };
    const { opened, state } = meet(closes, 3_600 * SECOND, live);
    expect(opened).toHaveLength(1);
    expect(state.line).toEqual({ name: 'blocked', reason: 'upgrade' });
    expect(state.cause).toMatch(/Reload/);
  });

  test('403: it says what may be wrong, and tries no more than a few times a minute', () => {
    const foreign: Server = { socket: refused, finding: { kind: 'httpWorks' } };
    const { opened, state } = meet(foreign, 600 * SECOND);
    expect(state.cause).toMatch(/ALLOWED_ORIGINS/);
    expect(opened.length).toBeLessThanOrEqual(70);
    expect(Math.min(...waits(opened.slice(8)))).toBeGreaterThan(10 * SECOND);
  });
});

describe('[T96] a line that is accepted and then closed', () => {
  const dies = (afterMs: number): Server => ({
    socket: [
      { afterMs: 20, type: 'opened' },
      { afterMs: 20, type: 'welcome', spreadMs: 0 },
      { afterMs: 20, type: 'resumed' },
      { afterMs, type: 'closed', code: 1006, reason: '' },
    ],
  });

  test('after a second each time: the waits grow to their bound and stay there', () => {
    const { opened } = meet(dies(SECOND), 600 * SECOND, live);
    const grown = waits(opened);
    for (const [at, wait] of grown.entries()) expect(wait).toBeGreaterThanOrEqual(grown[at - 1] ?? 0);
    expect(grown.at(-1)).toBeGreaterThan(10 * SECOND);
    expect(opened.length).toBeLessThan(70);
  });

  test('just before it counts as stable: they grow all the same; once it is, it starts over', () => {
    const almost = waits(meet(dies(30 * SECOND - 21), 600 * SECOND, live).opened);
    expect(almost.at(-1)! - 30 * SECOND).toBeGreaterThan(9 * SECOND);
    const stable = waits(meet(dies(30 * SECOND), 600 * SECOND, live).opened);
    expect(Math.max(...stable)).toBeLessThan(31 * SECOND);
  });
});
