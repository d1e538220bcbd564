import { z } from 'zod';

export interface ErrorRow {
  /** HTTP status × 100 + n */
  code: number;
  /** May the same request succeed later without a change? */
  retry: boolean;
  text: string;
}

/** The one table of errors, for HTTP answers and WebSocket `error` messages alike. */
export const errors = {
  malformed: { code: 40001, retry: false, text: 'The request does not follow the protocol.' },
  unknownType: { code: 40002, retry: false, text: 'There is no message of this type.' },
  badChannelName: { code: 40003, retry: false, text: 'This is not a channel name.' },
  notSignedIn: { code: 40101, retry: false, text: 'Sign in first, or send a valid key.' },
  tokenExpired: { code: 40102, retry: false, text: 'The sign-in or token has expired.' },
  forbidden: { code: 40301, retry: false, text: 'You are not allowed to do this.' },
  notFound: { code: 40401, retry: false, text: 'There is nothing here.' },
  methodNotAllowed: { code: 40501, retry: false, text: 'This address does not answer that method.' },
  timeout: { code: 40801, retry: true, text: 'The request took too long to arrive.' },
  conflict: { code: 40901, retry: false, text: 'This contradicts what is already there.' },
  positionLost: { code: 41001, retry: false, text: 'That position or epoch is no longer kept; load anew.' },
  gone: { code: 41002, retry: false, text: 'This has been used or removed for good.' },
  staleRevision: { code: 41201, retry: false, text: 'Somebody saved a newer revision; load it first.' },
  tooLarge: { code: 41301, retry: false, text: 'This is larger than the limit.' },
  contentType: { code: 41501, retry: false, text: 'Send this as application/json.' },
  misdirected: { code: 42101, retry: false, text: 'This server does not answer for that host name.' },
  rateLimited: { code: 42901, retry: true, text: 'Too many requests; wait a moment.' },
  tooManySubscriptions: { code: 42902, retry: false, text: 'This connection has too many subscriptions.' },
  headersTooLarge: { code: 43101, retry: false, text: 'The request headers are larger than the limit.' },
  internal: { code: 50001, retry: true, text: 'Something went wrong on the server.' },
  notYet: { code: 50101, retry: false, text: 'This server cannot do that yet.' },
  overloaded: { code: 50301, retry: true, text: 'Too busy now; try again shortly.' },
  draining: { code: 50302, retry: true, text: 'The server is about to restart; try again shortly.' },
  storageFull: { code: 50701, retry: false, text: 'The disk is full; nothing was stored.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorName = keyof typeof errors;

export function httpStatus(name: ErrorName): number {
  return Math.floor(errors[name].code / 100);
}

export const issue = z.object({ path: z.string(), message: z.string() });
export type Issue = z.infer<typeof issue>;

/** What stands under `error` in an HTTP answer, and beside `type` and `id` in a WebSocket `error`. */
export const errorBody = z.object({
  code: z.int(),
  name: z.string(),
  message: z.string(),
  retry: z.boolean(),
  issues: z.array(issue).optional(),
  retryAfterMs: z.number().optional(),
  /** Stands in the server's log beside the cause (internal errors). */
  errorId: z.string().optional(),
});
export type ErrorBody = z.infer<typeof errorBody>;
