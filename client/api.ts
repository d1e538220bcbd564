import type { z } from 'zod';
import { type ErrorBody, errorBody, type Issue } from '../shared/protocol/errors.ts';

/** Longer than any answer of a healthy server; a request that hangs must not hang the page. */
const TIMEOUT_MS = 15_000;

/**
 * A request that was refused, or that got no answer.
 * `status` is 0 and `name` is `unreachable` where there was no answer at all.
 */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly issues: readonly Issue[];
  readonly retryAfterMs: number | undefined;
  /** Stands beside the cause in the server's log. */
  readonly errorId: string | undefined;

  constructor(status: number, body: ErrorBody, cause?: unknown) {
    super(body.message, { cause });
    this.name = body.name;
    this.status = status;
    this.code = body.code;
    this.issues = body.issues ?? [];
    this.retryAfterMs = body.retryAfterMs;
    this.errorId = body.errorId;
  }

  /** What is wrong with one field of the request, in words. `path` as in `data/time`. */
  issue(path: string): string | undefined {
    return this.issues.find((one) => one.path === path)?.message;
  }
}

export interface RequestOptions {
  /** Revision that the change is based on; a newer one on the server refuses it (412). */
  ifMatch?: number;
  signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Schema<T> = z.ZodType<T>;

let onSignedOut: () => void = () => {};

/** Told whenever the server says that nobody is signed in (401). The session store listens. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

function unanswered(cause: unknown): ApiError {
  const timedOut = cause instanceof DOMException && cause.name === 'TimeoutError';
  const message = timedOut ? 'The server took too long to answer.' : 'The server cannot be reached.';
  return new ApiError(0, { code: 0, name: 'unreachable', message, retry: true }, cause);
}

/** What an answer says went wrong; a proxy on the way may answer with something that is not ours. */
async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = errorBody.safeParse((body as { error?: unknown } | undefined)?.error);
  if (parsed.success) return new ApiError(response.status, parsed.data);
  const gateway = response.status === 502 || response.status === 503 || response.status === 504;
  return new ApiError(response.status, {
    code: response.status * 100,
    name: gateway ? 'unreachable' : 'unexpected',
    message: gateway ? 'The server cannot be reached.' : `The server answered with ${response.status}.`,
    retry: gateway,
  });
}

async function request<T>(
  method: Method,
  path: string,
  body: unknown,
  schema: Schema<T> | undefined,
  options: RequestOptions,
): Promise<T> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;

  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (cause) {
    if (options.signal?.aborted === true) throw cause;
    throw unanswered(cause);
  }
  if (!response.ok) {
    const error = await refusal(response);
    if (response.status === 401 && path !== '/session') onSignedOut();
    throw error;
  }
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch((cause: unknown) => {
    throw unanswered(cause);
  });
  return schema === undefined ? (answer as T) : understood(answer, schema, response.status);
}

/** An answer of another form comes from another version of the server: the page is from before an update. */
function understood<T>(answer: unknown, schema: Schema<T>, status: number): T {
  const checked = schema.safeParse(answer);
  if (checked.success) return checked.data;
  const message = 'The server answered in a form that this page does not know. Reload it.';
  throw new ApiError(status, { code: 0, name: 'unexpected', message, retry: false }, checked.error);
}

/**
 * The server's HTTP interface, `path` counted from `/api/v1`. An answer is checked where a schema is given.
 * @throws ApiError for every refusal, and where no answer came
 */
export const api = {
  get: <T>(path: string, schema?: Schema<T>, options: RequestOptions = {}) =>
    request<T>('GET', path, undefined, schema, options),
  post: <T>(path: string, body?: unknown, schema?: Schema<T>, options: RequestOptions = {}) =>
    request<T>('POST', path, body, schema, options),
  patch: <T>(path: string, body: unknown, schema?: Schema<T>, options: RequestOptions = {}) =>
    request<T>('PATCH', path, body, schema, options),
  delete: (path: string, body?: unknown, options: RequestOptions = {}) =>
    request<void>('DELETE', path, body, undefined, options),
};

/** Any failure as one sentence for the person in front of the page. */
export function messageOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something went wrong.';
}
