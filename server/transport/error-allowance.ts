import type { CloseName } from '../../shared/protocol/close-codes.ts';
import { type ErrorName, httpStatus } from '../../shared/protocol/errors.ts';

/** So many mistakes a minute are a program gone wrong. */
const ERRORS_PER_MINUTE = 20;
const MINUTE_MS = 60_000;

/** Counts the mistakes of one client; too many of them end its connection. */
export class ErrorAllowance {
  readonly #now: () => number;
  #mistakes: number[] = [];
  #oversubscribed: number[] = [];

  /** @param now monotonic, in ms */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns why to close, or undefined while the client may stay */
  verdict(error: ErrorName): CloseName | undefined {
    // What is the server's own trouble is not the client's mistake.
    if (httpStatus(error) >= 500) return undefined;
    if (error === 'tooManySubscriptions') {
      this.#oversubscribed = this.#add(this.#oversubscribed);
      return this.#oversubscribed.length >= ERRORS_PER_MINUTE ? 'tooManySubscriptions' : undefined;
    }
    this.#mistakes = this.#add(this.#mistakes);
    return this.#mistakes.length > ERRORS_PER_MINUTE ? 'policy' : undefined;
  }

  #add(times: readonly number[]): number[] {
    const now = this.#now();
    return [...times.filter((at) => at > now - MINUTE_MS), now];
  }
}
