import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ErrorName } from '../../shared/protocol/errors.ts';
import { addressKey } from '../client-address.ts';
import { AppError } from '../errors.ts';

const WINDOW_SECONDS = 15 * 60;
const WRONG_PER_ACCOUNT = 5;
const WRONG_PER_ADDRESS = 50;

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new AppError('rateLimited', {
      message: 'Too many wrong attempts; wait before the next one.',
      retryAfterMs: refused.msBeforeNext,
    });
  }
}

/**
 * Slows down guessing: so many wrong attempts per name and address, and per address altogether. An attempt is counted
 * before the work and given back when it was right, so that many at once are no way around it.
 */
export class Throttle {
  readonly #perAccount = new RateLimiterMemory({ points: WRONG_PER_ACCOUNT, duration: WINDOW_SECONDS });
  readonly #perAddress = new RateLimiterMemory({ points: WRONG_PER_ADDRESS, duration: WINDOW_SECONDS });

  /**
   * Runs one attempt. A guess is an AppError of the row `guess`; any other outcome is given back.
   * @param account the name that is tried; undefined where only a token is
   * @throws AppError `rateLimited` with `retryAfterMs`, or whatever the work throws
   */
  async run<T>(
    { address, account, guess }: { address: string; account?: string; guess: ErrorName },
    work: () => Promise<T>,
  ): Promise<T> {
    const from = addressKey(address);
    const pair = account === undefined ? undefined : `${account} ${from}`;
    await spend(this.#perAddress, from);
    if (pair !== undefined) await spend(this.#perAccount, pair);
    try {
      const result = await work();
      await this.#perAddress.reward(from);
      if (pair !== undefined) await this.#perAccount.delete(pair);
      return result;
    } catch (cause) {
      if (!(cause instanceof AppError && cause.error === guess)) {
        await this.#perAddress.reward(from);
        if (pair !== undefined) await this.#perAccount.reward(pair);
      }
      throw cause;
    }
  }
}
