import type { SetupRequest } from '../../shared/api/accounts.ts';
import { AppError, fieldError } from '../errors.ts';
import { newId, newSecret, sameSecret } from '../secrets.ts';
import type { Database } from '../storage/database.ts';
import { isUniqueViolation } from '../storage/sqlite-errors.ts';
import { type Passwords, refuseWeakPassword } from './passwords.ts';

/** A link left in an old terminal must not open the door weeks later; a restart prints a new one. */
const TOKEN_LIFETIME_MS = 3_600_000;

interface SetupParts {
  db: Database;
  passwords: Passwords;
  clock: () => number;
  /** Puts the first boards into place, in the transaction of the set-up. */
  seed(trx: Database): Promise<void>;
}

/**
 * The first run: whoever reads the server's terminal names the place and becomes its first admin, once. The token lives
 * in memory only; that it was done is a row, so that not even a lost token could do it twice.
 */
export class Setup {
  readonly #parts: SetupParts;
  readonly #token = newSecret();
  readonly #expiresAt: number;
  #place: string | undefined;
  /** Requests with the right token wait for each other, so that fifty of them cost one password hash. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: SetupParts) {
    this.#parts = parts;
    this.#expiresAt = parts.clock() + TOKEN_LIFETIME_MS;
  }

  async load(): Promise<void> {
    const row = await this.#parts.db
      .selectFrom('settings')
      .select('value')
      .where('name', '=', 'place')
      .executeTakeFirst();
    this.#place = row?.value;
  }

  get needed(): boolean {
    return this.#place === undefined;
  }

  /** What the installation is called; undefined until set-up. */
  get place(): string | undefined {
    return this.#place;
  }

  /** The token of the printed link; undefined when there is nothing left to set up. */
  get token(): string | undefined {
    return this.needed ? this.#token : undefined;
  }

  /**
   * @returns the id of the first admin
   * @throws AppError `gone` when set-up was done, `forbidden` for a wrong or old token, `conflict` for a name in use
   */
  async run(request: SetupRequest): Promise<string> {
    this.#check(request.token);
    refuseWeakPassword(request.password, request.login);
    const mine = this.#turn.then(() => this.#run(request));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #check(token: string): void {
    if (!this.needed) throw new AppError('gone', { message: 'This Callboard has been set up already.' });
    const right = sameSecret(token, this.#token);
    if (right && this.#parts.clock() < this.#expiresAt) return;
    throw new AppError('forbidden', {
      message: right
        ? 'This set-up link is too old; restart the server for a new one.'
        : 'This is not the set-up link that the server printed at its last start.',
    });
  }

  async #run({ token, place, login, name, password }: SetupRequest): Promise<string> {
    this.#check(token);
    const { db, passwords, clock, seed } = this.#parts;
    const passwordHash = await passwords.hash(password);
    const id = newId();
    try {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto('settings').values({ name: 'place', value: place }).execute();
        await trx
          .insertInto('people')
          .values({ id, login, name, role: 'admin', disabled: false, passwordHash, createdAt: clock() })
          .execute();
        await seed(trx);
      });
    } catch (cause) {
      if (!isUniqueViolation(cause)) throw cause;
      await this.load();
      if (!this.needed)
        throw new AppError('gone', { message: 'This Callboard has been set up already.', cause });
      throw fieldError('conflict', 'login', 'somebody has this sign-in name already');
    }
    this.#place = place;
    return id;
  }
}
