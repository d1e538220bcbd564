import { formatCount, formatStopwatch } from '../live/format.ts';
import type { BlockedReason, ConnectionSnapshot } from './types.ts';

export interface PillText {
  mark: 'full' | 'half' | 'hollow' | 'bang';
  word: string;
  /** Quiet, beside the word. */
  detail: string;
  /** What the person can do about it. */
  act?: 'now' | 'reload' | 'again';
}

const BLOCKED: Record<BlockedReason, string> = {
  auth: 'Signed out',
  forbidden: 'Refused',
  kicked: 'Disconnected',
  upgrade: 'Reload needed',
};

/** The line in a few words. @param now ms, `connection.now()` */
export function pillText(line: ConnectionSnapshot, now: number): PillText {
  switch (line.state) {
    case 'live':
      return { mark: 'full', word: 'Live', detail: rtt(line.rttMs) };
    case 'degraded':
      return {
        mark: 'half',
        word: 'Slow',
        detail: line.every ? `1 of ${line.every} updates` : rtt(line.rttMs),
      };
    case 'resuming':
      return { mark: 'half', word: 'Catching up', detail: progress(line) };
    case 'connecting':
      return line.attempt === undefined
        ? { mark: 'hollow', word: 'Connecting', detail: '' }
        : { mark: 'hollow', word: 'Offline', detail: `${lostFor(line, now)} · trying now` };
    case 'offline': {
      const seconds = Math.max(1, Math.ceil(((line.retryAt ?? now) - now) / 1_000));
      const detail = `${lostFor(line, now)} · retry in ${seconds} s`;
      return { mark: 'hollow', word: 'Offline', detail, act: 'now' };
    }
    case 'blocked':
      return blocked(line);
    case 'idle':
      return { mark: 'hollow', word: 'Not connected', detail: '', act: 'now' };
  }
}

/** What a screen reader hears of a state that has lasted. */
export function spokenState(line: ConnectionSnapshot): string {
  switch (line.state) {
    case 'live':
      return 'Live again.';
    case 'degraded':
      return line.every === undefined
        ? 'The connection is slow.'
        : 'The connection is slow: values are thinned.';
    case 'blocked':
      return line.cause ?? 'Disconnected.';
    case 'offline':
    case 'connecting':
      return 'Offline. Trying to reconnect.';
    case 'resuming':
      return 'Catching up.';
    case 'idle':
      return '';
  }
}

function blocked({ blocked: reason = 'forbidden', cause = '' }: ConnectionSnapshot): PillText {
  const word = BLOCKED[reason];
  if (reason === 'auth') return { mark: 'bang', word, detail: '' };
  if (reason === 'upgrade') return { mark: 'bang', word, detail: '', act: 'reload' };
  return { mark: 'bang', word, detail: cause, act: 'again' };
}

function lostFor({ lostAt }: ConnectionSnapshot, now: number): string {
  return formatStopwatch(now - (lostAt ?? now));
}

function progress({ resuming }: ConnectionSnapshot): string {
  return resuming ? `${formatCount(resuming.done)} of ${formatCount(resuming.total)}` : '';
}

function rtt(rttMs: number | undefined): string {
  if (rttMs === undefined) return '';
  return rttMs < 1_000 ? `${Math.max(1, Math.round(rttMs))} ms` : `${(rttMs / 1_000).toFixed(1)} s`;
}
