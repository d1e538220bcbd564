import { SUBPROTOCOL } from '../../shared/protocol/version.ts';
import { diagnose } from './diagnosis.ts';
import type { TabMemory } from './kept-receipts.ts';
import type { Finding } from './state.ts';

/** One WebSocket, as far as the runner needs it. */
export interface Socket {
  send(text: string): void;
  /** Closes, and is silent from then on. */
  close(): void;
}

export interface SocketListener {
  opened(): void;
  message(data: unknown): void;
  closed(code: number, reason: string): void;
}

/** What the page tells of itself. */
export interface PageListener {
  /** A network is back. */
  online(): void;
  /** The network is said to be gone: worth a question, not a verdict. */
  offline(): void;
  visible(): void;
  /** Hidden for so long that nobody looks. */
  away(): void;
  /** Whether the page is of use though nobody sees it. */
  awaited(): boolean;
}

/** All that the connection takes from its surroundings, so that a test can be them. */
export interface Environment {
  /** Names the script that runs here, where its file does. */
  readonly build: string | undefined;
  /** ms since 1970, steady: wall-clock jumps do not reach it. */
  now(): number;
  random(): number;
  /** @returns cancels */
  after(ms: number, run: () => void): () => void;
  /** May throw, as the constructor of WebSocket may. */
  openSocket(listener: SocketListener): Socket;
  /** Asks by plain HTTP why a socket was refused. */
  diagnose(): Promise<Finding>;
  watchPage(listener: PageListener): () => void;
  readonly memory: TabMemory;
  /** Something that must not happen happened; nobody waits for it. */
  report(problem: unknown): void;
}

/** A tab hidden for so long leaves, and comes back when it is looked at. */
const AWAY_AFTER_MS = 5 * 60_000;

const RECEIPTS_KEY = 'callboard.receipts';

export const browser: Environment = {
  build: /-([\w-]{8})\.js$/.exec(import.meta.url)?.[1],
  now: () => performance.timeOrigin + performance.now(),
  random: Math.random,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  openSocket,
  diagnose,
  watchPage,
  memory: {
    read: () => sessionStorage.getItem(RECEIPTS_KEY),
    write(text) {
      if (text === null) sessionStorage.removeItem(RECEIPTS_KEY);
      else sessionStorage.setItem(RECEIPTS_KEY, text);
    },
  },
  report: (problem) => reportError(problem),
};

function openSocket(listener: SocketListener): Socket {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const socket = new WebSocket(`${scheme}://${location.host}/ws`, SUBPROTOCOL);
  const deaf = new AbortController();
  const { signal } = deaf;
  socket.addEventListener('open', () => listener.opened(), { signal });
  socket.addEventListener('message', ({ data }) => listener.message(data), { signal });
  socket.addEventListener('close', ({ code, reason }) => listener.closed(code, reason), { signal });
  return {
    send: (text) => socket.send(text),
    close() {
      deaf.abort();
      socket.close();
    },
  };
}

function watchPage(listener: PageListener): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const onVisibility = (): void => {
    clearTimeout(leaving);
    if (document.visibilityState === 'visible') listener.visible();
    else leaving = setTimeout(leaveUnlessAwaited, AWAY_AFTER_MS);
  };
  const leaveUnlessAwaited = (): void => {
    if (!listener.awaited()) listener.away();
  };
  // A browser also thaws pages for a moment that nobody looks at.
  const onThaw = (): void => {
    if (document.visibilityState === 'visible' || listener.awaited()) listener.visible();
  };

  window.addEventListener('online', () => listener.online(), { signal });
  window.addEventListener('offline', () => listener.offline(), { signal });
  document.addEventListener('visibilitychange', onVisibility, { signal });
  // A frozen page cannot answer, and the server would find out late.
  document.addEventListener('freeze', () => listener.away(), { signal });
  document.addEventListener('resume', onThaw, { signal });
  window.addEventListener('pageshow', onThaw, { signal });
  if (document.visibilityState === 'hidden') onVisibility();
  return () => {
    clearTimeout(leaving);
    stop.abort();
  };
}
