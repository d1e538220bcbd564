import { hash, verify } from '@node-rs/argon2';
import { AppError, fieldError } from '../errors.ts';
import { isCommonPassword } from './common-passwords.ts';

/** argon2id as OWASP recommends it: 19 MiB, two passes, one lane. `algorithm: 2` is argon2id. */
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes at once (19 MiB and a thread of the pool each), and how many may wait before the rest is refused. */
const AT_ONCE = 4;
const MOST_WAITING = 50;

/** Stands in for the hash of people who do not exist, so that they take as long as those who do. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$FGEtZhhJjHA67+FJQkHWNw$6Xp1NHee3VM54tu4/jl5I/fMYMmbnSMR8ms1dFFM3Tc';

/** Hashes passwords and checks them, a few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws AppError `overloaded` when too many wait */
  async hash(password: string): Promise<string> {
    return this.#inTurn(() => hash(password, COST));
  }

  /**
   * Whether this is the password. Takes as long where there is none to compare with.
   * @throws AppError `overloaded` when too many wait
   */
  async verify(kept: string | null | undefined, password: string): Promise<boolean> {
    const right = await this.#inTurn(() => verify(kept ?? NOBODY, password));
    return right && kept != null;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw new AppError('overloaded', { retryAfterMs: 2_000 });
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

/** @throws AppError `malformed` for a password that everybody tries first */
export function refuseWeakPassword(password: string, login: string): void {
  if (!isCommonPassword(password, login)) return;
  throw fieldError('malformed', 'password', 'this one is guessed first of all; take a few unrelated words');
}
