import { closeCodes } from '../../shared/protocol/close-codes.ts';
import type { BlockedReason } from './types.ts';

/** What happened to the line, in sentences for people. */
export const causes = {
  lost: 'The connection was lost.',
  unreached: 'The server cannot be reached.',
  unanswered: 'The server does not answer.',
  restarts: 'The server restarts.',
  refused:
    'HTTP works but the WebSocket was refused: a proxy that does not forward Upgrade, or an address that ALLOWED_ORIGINS does not name.',
  notYet: 'The server answers, but takes no live connection yet.',
  busy: 'The server is busy.',
  silent: 'The server fell silent.',
  thinned:
    'This line is slower than the data, so values are thinned: the newest come, those between are left out. Announcements still come at once. A nearer access point, fewer open pages or a smaller board helps.',
  signedOut: 'You are signed out.',
} as const;

/** Why a close code of 4500 and up keeps us away. */
export function blockedBy(code: number, reason: string): { reason: BlockedReason; cause: string } {
  switch (code) {
    case closeCodes.signInRequired.code:
      return { reason: 'auth', cause: causes.signedOut };
    case closeCodes.versionRefused.code:
    case closeCodes.badHello.code:
      return { reason: 'upgrade', cause: 'This page is older than the server. Reload it.' };
    case closeCodes.removed.code:
      return { reason: 'kicked', cause: reason === '' ? 'An admin disconnected you.' : reason };
    default:
      return { reason: 'forbidden', cause: reason === '' ? 'The server refuses this connection.' : reason };
  }
}

/** Why a line that may come back broke. */
export function causeOf(code: number, reason: string): string {
  switch (code) {
    case closeCodes.draining.code:
    case closeCodes.goingAway.code:
      return causes.restarts;
    case closeCodes.slow.code:
      return 'This line was too slow for the data.';
    case closeCodes.sessionEnded.code:
      return 'Your sign-in changed.';
    case closeCodes.tooManyMessages.code:
      return 'This page sent too many messages.';
    default:
      return code >= 4_000 && reason !== '' ? reason : causes.lost;
  }
}
