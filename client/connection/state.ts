import { closeCodes, mayReturn } from '../../shared/protocol/close-codes.ts';
import { retryDelay, STABLE_AFTER_MS, spreadDelay } from './backoff.ts';
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
  /** `away`: left because nobody looked; comes back by itself when somebody does. */
  | { name: 'idle'; away: boolean }
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
  /** When the line was lost, or first tried for; absent while live. */
  readonly lostAt?: number;
  /** What happened, for people; absent while live. */
  readonly cause?: string;
  /** Failed tries since the line was last stable. */
  readonly attempt: number;
  /** When the present welcome came; says whether the line was stable. */
  readonly welcomedAt?: number;
  readonly everLive: boolean;
  readonly spreadMs: number;
  /** Number of the newest socket; the next is one higher. */
  readonly sockets: number;
}

export type LineEvent =
  | { type: 'start' | 'stop' | 'now' | 'wake' | 'online' | 'visible' | 'away' }
  | { type: 'opened'; socket: number }
  | { type: 'welcome'; socket: number; spreadMs: number }
  | { type: 'resumed' | 'dead' | 'onTime'; socket: number }
  | { type: 'lagging'; socket: number; cause: string }
  | { type: 'slot'; socket: number; inMs: number }
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
/** While it stays down, HTTP is asked again why at every so many failures. */
const DIAGNOSE_EVERY = 4;

const LOST = 'The connection was lost.';
const UNREACHED = 'The server cannot be reached.';
const RESTARTS = 'The server restarts.';
const REFUSED =
  'HTTP works but the WebSocket was refused: a proxy that does not forward Upgrade, or an address that ALLOWED_ORIGINS does not name.';
const SILENT = 'The server fell silent.';

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
      return line.name === 'blocked' || line.name === 'idle'
        ? [state, []]
        : leave(state, { name: 'idle', away: true }, moment);
    case 'visible':
      return line.name === 'idle' && line.away ? connect(state, moment, true) : hint(state, moment);
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
      const { lostAt: _over, cause: _past, ...rest } = state;
      return [
        enter({ ...rest, everLive: true }, { name: 'live', socket }, moment),
        [{ type: 'flush', socket }],
      ];
    }
    case 'lagging':
      if (line.name !== 'live') return [state, []];
      return [enter({ ...state, cause: event.cause }, { name: 'degraded', socket }, moment), []];
    case 'onTime': {
      if (line.name !== 'degraded') return [state, []];
      const { cause: _past, ...rest } = state;
      return [enter(rest, { name: 'live', socket }, moment), []];
    }
    case 'dead':
      return lose(state, SILENT, moment);
    case 'slot': {
      const retryAt = moment.now + Math.max(0, event.inMs);
      return leave(
        markLost({ ...state, attempt: 0, cause: RESTARTS }, moment),
        { name: 'offline', retryAt, slot: true },
        moment,
      );
    }
    case 'closed':
      return closed(state, event, moment);
  }
}

function closed(state: LineState, event: Extract<LineEvent, { type: 'closed' }>, moment: Moment): Step {
  if (!mayReturn(event.code)) {
    const { reason, cause } = blockedBy(event.code, event.reason);
    return leave(markLost({ ...state, cause }, moment), { name: 'blocked', reason }, moment);
  }
  const cause = state.line.name === 'connecting' ? UNREACHED : causeOf(event.code, event.reason);
  return lose(state, cause, moment);
}

function wake(state: LineState, moment: Moment): Step {
  const due = wakeAt(state);
  if (due === undefined || moment.now < due) return [state, []];
  if (state.line.name === 'offline') return connect(state, moment, false);
  return lose(state, 'The server does not answer.', moment);
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
      return [enter({ ...state, cause: SIGNED_OUT }, { name: 'blocked', reason: 'auth' }, moment), []];
    case 'busy': {
      const retryAt = Math.max(line.retryAt, moment.now + finding.retryAfterMs);
      return [{ ...state, cause: 'The server is busy.', line: { ...line, retryAt } }, []];
    }
    case 'httpWorks':
      // Once it has worked, the way is open: the server may just have come back between the two questions.
      return state.everLive ? [state, []] : [{ ...state, cause: REFUSED }, []];
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
  const unexplained = line.name === 'connecting' && (!state.everLive || attempt % DIAGNOSE_EVERY === 0);
  return [next, unexplained ? [...effects, { type: 'diagnose', socket: line.socket }] : effects];
}

/** Leaves the present socket, if there is one, for a state without. */
function leave(state: LineState, line: Line, moment: Moment): Step {
  const socket = socketOf(state.line);
  const { welcomedAt: _ended, ...rest } = state;
  const next = enter(line.name === 'idle' ? withoutLoss(rest) : rest, line, moment);
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
  const { lostAt: _over, cause: _past, ...rest } = state;
  return { ...rest, attempt: 0 };
}

const SIGNED_OUT = 'You are signed out.';

function blockedBy(code: number, reason: string): { reason: BlockedReason; cause: string } {
  switch (code) {
    case closeCodes.signInRequired.code:
      return { reason: 'auth', cause: SIGNED_OUT };
    case closeCodes.versionRefused.code:
    case closeCodes.badHello.code:
      return { reason: 'upgrade', cause: 'This page is older than the server. Reload it.' };
    case closeCodes.removed.code:
      return { reason: 'kicked', cause: reason === '' ? 'An admin disconnected you.' : reason };
    default:
      return { reason: 'forbidden', cause: reason === '' ? 'The server refuses this connection.' : reason };
  }
}

function causeOf(code: number, reason: string): string {
  switch (code) {
    case closeCodes.draining.code:
    case closeCodes.goingAway.code:
      return RESTARTS;
    case closeCodes.slow.code:
      return 'This line was too slow for the data.';
    case closeCodes.sessionEnded.code:
      return 'Your sign-in changed.';
    case closeCodes.tooManyMessages.code:
      return 'This page sent too many messages.';
    default:
      return code >= 4_000 && reason !== '' ? reason : LOST;
  }
}
