/**
 * Why a socket was closed. The range alone tells a client what to do, so that old clients obey new codes:
 * 4000 to 4499 come back, 4500 to 4999 stay away until the person acts.
 */
export const closeCodes = {
  normal: { code: 1000, reason: 'Closed.' },
  goingAway: { code: 1001, reason: 'Going away.' },
  protocolError: { code: 1002, reason: 'Protocol error.' },
  binaryRefused: { code: 1003, reason: 'Only text frames are understood.' },
  notUtf8: { code: 1007, reason: 'The text is not UTF-8.' },
  policy: { code: 1008, reason: 'Against policy.' },
  tooBig: { code: 1009, reason: 'The message is too big.' },
  draining: { code: 4400, reason: 'The server restarts; come back in the slot given.' },
  slow: { code: 4401, reason: 'This line is too slow for what it asked for.' },
  noPong: { code: 4402, reason: 'No sign of life.' },
  serverError: { code: 4403, reason: 'The server made a mistake.' },
  sessionEnded: { code: 4404, reason: 'Sign-in state changed; come back.' },
  tooManyMessages: { code: 4429, reason: 'Too many messages.' },
  signInRequired: { code: 4500, reason: 'Sign in.' },
  versionRefused: { code: 4501, reason: 'This protocol version is not spoken here.' },
  badHello: { code: 4502, reason: 'No valid hello came first, or in time.' },
  removed: { code: 4503, reason: 'Removed by an admin.' },
  forbidden: { code: 4504, reason: 'Not allowed.' },
  tooManySubscriptions: { code: 4505, reason: 'Too many subscriptions.' },
} as const satisfies Record<string, { code: number; reason: string }>;

export type CloseName = keyof typeof closeCodes;

/** Whether a client may come back by itself after a close with this code. */
export function mayReturn(code: number): boolean {
  return code < 4500 || code > 4999;
}
