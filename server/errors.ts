import { type ErrorBody, type ErrorName, errors, httpStatus, type Issue } from '../shared/protocol/errors.ts';

interface Details {
  /** Says more than the row's own text, for the person who reads it. */
  message?: string;
  issues?: Issue[];
  retryAfterMs?: number;
  cause?: unknown;
}

/** A row of the shared table of errors, thrown anywhere and written out at the one place of each door. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly error: ErrorName;
  readonly issues: Issue[] | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(error: ErrorName, details: Details = {}) {
    super(
      details.message ?? errors[error].text,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.error = error;
    this.issues = details.issues;
    this.retryAfterMs = details.retryAfterMs;
  }

  get status(): number {
    return httpStatus(this.error);
  }

  /** The error as the peer gets it. */
  toBody(): ErrorBody {
    const { code, retry } = errors[this.error];
    return {
      code,
      name: this.error,
      message: this.message,
      retry,
      ...(this.issues && { issues: this.issues }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
    };
  }
}

/** An error about one field of a request. */
export function fieldError(error: ErrorName, path: string, message: string): AppError {
  return new AppError(error, { message: `${path}: ${message}`, issues: [{ path, message }] });
}
