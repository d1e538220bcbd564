import { mayReturn } from '../../shared/protocol/close-codes.ts';
import { retryDelay, STABLE_AFTER_MS, spreadDelay } from './backoff.ts';
import { blockedBy, causeOf, causes } from './causes.ts';
import type { BlockedReason } from './types.ts';

/**
 * The life of the line as a pure function. Sockets are known by number: what a replaced one still says carries an old
 * number and is ignored.
 *
 *   idle → connecting → resuming → live ⇄ degraded
 *             ↑  ↓          ↓        ↓
 *             offline ← ← ← ← ← ← ← ←          blocked (until the person acts)
 */
export type Line =
  /**
   * `away`: left because nobody looked; comes back by itself when somebody does, though not before a time that the
   * server gave (`notBefore`, ms).
   */
  | { name: 'idle'; away: boolean; notBefore?: number }
  /** `free`: the person asked for this try, its failure does not lengthen the wait. */
  | { name: 'connecting'; socket: number; deadline: number; free: boolean }
  | { name: 'resuming' | 'live' | 'degraded'; socket: number }
  /** `slot`: the server gave this time, hints do not shorten it. */
  | { name: 'offline'; retryAt: number; slot: boolean }
  | { name: 'blocked'; reason: BlockedReason };

export interface LineState {
  readonly line: Line;
  /** When this line state began (ms). */
  readonly since: number;
  /** When the line was last known to work, or first tried for; absent while live. */
  readonly lostAt?: number;
  /** What happened, for people; absent while live. */
  readonly cause?: string;
  /** Failed tries since the line was last stable. */
  readonly attempt: number;
  /** When the present welcome came; says whether the line was stable. */
  readonly welcomedAt?: number;
  readonly everLive: boolean;
  /** HTTP is answered and the WebSocket never was: something between us and the server refuses it. */
  readonly refused?: true;
  readonly spreadMs: number;
  /** Number of the newest socket; the next is one higher. */
  readonly sockets: number;
}

export type LineEvent =
  | { type: 'start' | 'stop' | 'now' | 'wake' | 'online' | 'visible' | 'away' }
  | { type: 'opened'; socket: number }
  | { type: 'welcome'; socket: number; spreadMs: number }
  | { type: 'resumed' | 'onTime'; socket: number }
  /** `heardAt`: the last sign of life (ms); nobody can vouch for what came to be after it. */
  | { type: 'dead'; socket: number; heardAt: number }
  | { type: 'lagging'; socket: number; cause: string }
  | { type: 'slot'; socket: number; inMs: number }
  /** There are many more or fewer clients than at the welcome. */
  | { type: 'spread'; socket: number; spreadMs: number }
  | { type: 'closed'; socket: number; code: number; reason: string }
  | { type: 'diagnosed'; socket: number; finding: Finding };

/** What plain HTTP says after a socket was refused: a page cannot see why. */
export type Finding =
  | { kind: 'signedOut' }
  | { kind: 'busy'; retryAfterMs: number }
  /** HTTP is answered, only the WebSocket is not. */
  | { kind: 'httpWorks' }
  | { kind: 'other'; cause: string };

export type Effect =
  | { type: 'open'; socket: number }
  /** Close and forget it; also told of one that closed by itself. */
  | { type: 'drop'; socket: number }
  | { type: 'hello'; socket: number }
  /** Ask for every wanted channel from its position. */
  | { type: 'resume'; socket: number }
  /** Send what waited. */
  | { type: 'flush'; socket: number }
  | { type: 'diagnose'; socket: number };

export interface Moment {
  /** ms */
  now: number;
  /** From 0 up to, not including, 1. */
  random: number;
}

/** From `new WebSocket` to its `open`. */
const OPEN_TIMEOUT_MS = 5_000;
/** From `open` to `welcome`; as long as the server waits for a hello. */
const WELCOME_TIMEOUT_MS = 10_000;
/** A line that worked is not questioned at its first loss; it is when it cannot be had back, and then at every so many. */
const DIAGNOSE_FIRST = 2;
const DIAGNOSE_EVERY = 4;

export const initialState: LineState = {
  line: { name: 'idle', away: false },
  since: 0,
  attempt: 0,
  everLive: false,
  spreadMs: 0,
  sockets: 0,
};

type Step = [state: LineState, effects: Effect[]];

/** The next state and what the runner must do for it. Unknown or late events change nothing. */
export function step(state: LineState, event: LineEvent, moment: Moment): Step {
  const { line } = state;
  switch (event.type) {
    case 'start':
      return line.name === 'idle' || line.name === 'blocked' ? connect(state, moment, false) : [state, []];
    case 'stop':
      return leave(state, { name: 'idle', away: false }, moment);
    case 'now':
      return waitsForPerson(line) ? connect(state, moment, true) : [state, []];
    case 'away':
      return away(state, moment);
    case 'visible':
      return line.name === 'idle' && line.away
        ? comeBack(state, line.notBefore, moment)
        : hint(state, moment);
    case 'online':
      return hint(state, moment);
    case 'wake':
      return wake(state, moment);
    case 'diagnosed':
      return diagnosed(state, event, moment);
    default:
      return socketOf(line) === event.socket ? stepSocket(state, event, moment) : [state, []];
  }
}

/** When `wake` is due: the time-out of a try, or the next try. One timer is enough. */
export function wakeAt({ line }: LineState): number | undefined {
  if (line.name === 'connecting') return line.deadline;
  return line.name === 'offline' ? line.retryAt : undefined;
}

function waitsForPerson(line: Line): boolean {
  return line.name === 'offline' || line.name === 'blocked' || (line.name === 'idle' && line.away);
}

export function socketOf(line: Line): number | undefined {
  return 'socket' in line ? line.socket : undefined;
}

type SocketEvent = Exclude<Extract<LineEvent, { socket: number }>, { type: 'diagnosed' }>;

/** Events of the present socket. */
function stepSocket(state: LineState, event: SocketEvent, moment: Moment): Step {
  const { line } = state;
  const { socket } = event;
  switch (event.type) {
    case 'opened':
      if (line.name !== 'connecting') return [state, []];
      return [
        { ...state, line: { ...line, deadline: moment.now + WELCOME_TIMEOUT_MS } },
        [{ type: 'hello', socket }],
      ];
    case 'welcome':
      if (line.name !== 'connecting') return [state, []];
      return [
        enter(
          { ...state, spreadMs: event.spreadMs, welcomedAt: moment.now },
          { name: 'resuming', socket },
          moment,
        ),
        [{ type: 'resume', socket }],
      ];
    case 'resumed': {
      if (line.name !== 'resuming') return [state, []];
      const { lostAt: _over, cause: _past, refused: _no, ...rest } = state;
      return [
        enter({ ...rest, everLive: true }, { name: 'live', socket }, moment),
        [{ type: 'flush', socket }],
      ];
    }
    case 'lagging':
      if (line.name !== 'live' && line.name !== 'degraded') return [state, []];
      return [enter({ ...state, cause: event.cause }, { name: 'degraded', socket }, moment), []];
    case 'onTime': {
      if (line.name !== 'degraded') return [state, []];
      const { cause: _past, ...rest } = state;
      return [enter(rest, { name: 'live', socket }, moment), []];
    }
    case 'dead':
      return lose(
        markLost(state, { ...moment, now: Math.min(moment.now, event.heardAt) }),
        causes.silent,
        moment,
      );
    case 'slot': {
      const retryAt = moment.now + Math.max(0, event.inMs);
      return leave(
        markLost({ ...state, attempt: 0, cause: causes.restarts }, moment),
        { name: 'offline', retryAt, slot: true },
        moment,
      );
    }
    case 'spread':
      return [{ ...state, spreadMs: event.spreadMs }, []];
    case 'closed':
      return closed(state, event, moment);
  }
}

function closed(state: LineState, event: Extract<LineEvent, { type: 'closed' }>, moment: Moment): Step {
  if (!mayReturn(event.code)) {
    const { reason, cause } = blockedBy(event.code, event.reason);
    return leave(markLost({ ...state, cause }, moment), { name: 'blocked', reason }, moment);
  }
  const cause = state.line.name === 'connecting' ? causes.unreached : causeOf(event.code, event.reason);
  return lose(state, cause, moment);
}

function wake(state: LineState, moment: Moment): Step {
  const due = wakeAt(state);
  if (due === undefined || moment.now < due) return [state, []];
  if (state.line.name === 'offline') return connect(state, moment, false);
  return lose(state, causes.unanswered, moment);
}

/** A sign that it may work now. Many clients get the same sign at once (a network is back), so it is spread. */
function hint(state: LineState, moment: Moment): Step {
  const { line } = state;
  if (line.name !== 'offline' || line.slot) return [state, []];
  const retryAt = moment.now + spreadDelay(state.spreadMs, moment.random);
  return retryAt < line.retryAt ? [{ ...state, line: { ...line, retryAt } }, []] : [state, []];
}

function diagnosed(state: LineState, event: Extract<LineEvent, { type: 'diagnosed' }>, moment: Moment): Step {
  const { line } = state;
  const { finding } = event;
  if (line.name !== 'offline' || event.socket !== state.sockets) return [state, []];
  switch (finding.kind) {
    case 'signedOut':
      return [enter({ ...state, cause: causes.signedOut }, { name: 'blocked', reason: 'auth' }, moment), []];
    case 'busy': {
      const retryAt = Math.max(line.retryAt, moment.now + finding.retryAfterMs);
      // The server gave the time, so no hint shortens it.
      return [{ ...state, cause: causes.busy, line: { ...line, retryAt, slot: true } }, []];
    }
    case 'httpWorks':
      // Once it has worked, the way is open: the server is full, or came back between the two questions.
      return [
        state.everLive
          ? { ...state, cause: causes.notYet }
          : { ...state, cause: causes.refused, refused: true },
        [],
      ];
    case 'other':
      return [{ ...state, cause: finding.cause }, []];
  }
}

function connect(state: LineState, moment: Moment, free: boolean): Step {
  const socket = state.sockets + 1;
  const line: Line = { name: 'connecting', socket, deadline: moment.now + OPEN_TIMEOUT_MS, free };
  return [enter(markLost({ ...state, sockets: socket }, moment), line, moment), [{ type: 'open', socket }]];
}

/** The line broke, or a try for it failed: wait, then try again. */
function lose(state: LineState, cause: string, moment: Moment): Step {
  const { line } = state;
  const stable = state.welcomedAt !== undefined && moment.now - state.welcomedAt >= STABLE_AFTER_MS;
  const free = line.name === 'connecting' && line.free;
  const attempt = (stable ? 0 : state.attempt) + (free ? 0 : 1);
  const retryAt = moment.now + retryDelay(attempt, state.spreadMs, moment.random);
  const [next, effects] = leave(
    markLost({ ...state, attempt, cause }, moment),
    { name: 'offline', retryAt, slot: false },
    moment,
  );
  const puzzling = !state.everLive || attempt === DIAGNOSE_FIRST || attempt % DIAGNOSE_EVERY === 0;
  const unexplained = line.name === 'connecting' && puzzling;
  return [next, unexplained ? [...effects, { type: 'diagnose', socket: line.socket }] : effects];
}

/** Nobody looks: leave. What is on the screen is as of now until somebody comes back. */
function away(state: LineState, moment: Moment): Step {
  const { line } = state;
  if (line.name === 'blocked' || line.name === 'idle') return [state, []];
  const held = line.name === 'offline' && line.slot ? { notBefore: line.retryAt } : {};
  const { cause: _past, ...rest } = markLost(state, moment);
  return leave({ ...rest, attempt: 0 }, { name: 'idle', away: true, ...held }, moment);
}

function comeBack(state: LineState, notBefore: number | undefined, moment: Moment): Step {
  if (notBefore === undefined || notBefore <= moment.now) return connect(state, moment, true);
  return [enter(state, { name: 'offline', retryAt: notBefore, slot: true }, moment), []];
}

/** Leaves the present socket, if there is one, for a state without. */
function leave(state: LineState, line: Line, moment: Moment): Step {
  const socket = socketOf(state.line);
  const { welcomedAt: _ended, ...rest } = state;
  const next = enter(line.name === 'idle' && !line.away ? withoutLoss(rest) : rest, line, moment);
  return [next, socket === undefined ? [] : [{ type: 'drop', socket }]];
}

function enter(state: LineState, line: Line, moment: Moment): LineState {
  const since = state.line.name === line.name ? state.since : moment.now;
  return { ...state, line, since };
}

function markLost(state: LineState, moment: Moment): LineState {
  return state.lostAt === undefined ? { ...state, lostAt: moment.now } : state;
}

/** Somebody left on purpose: nothing was lost, and no failed tries count. */
function withoutLoss(state: LineState): LineState {
  const { lostAt: _over, cause: _past, refused: _no, ...rest } = state;
  return { ...rest, attempt: 0 };
}
