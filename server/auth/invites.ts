import { AppError } from '../errors.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import type { Database } from '../storage/database.ts';
import type { Passwords } from './passwords.ts';
import { refuseWeakPassword } from './passwords.ts';

const LIFETIME_MS = 7 * 86_400_000;

const gone = (): AppError =>
  new AppError('gone', { message: 'This invite has been used or has expired; ask for a new one.' });

/** Links by which a person chooses a first password. One per person; it works once. */
export class Invites {
  readonly #db: Database;
  readonly #passwords: Passwords;
  readonly #clock: () => number;

  constructor(db: Database, passwords: Passwords, clock: () => number) {
    this.#db = db;
    this.#passwords = passwords;
    this.#clock = clock;
  }

  /** Makes an invite within the caller's transaction; an older one of this person ends. */
  async create(trx: Database, personId: string): Promise<{ token: string; expiresAt: number }> {
    const token = newSecret();
    const row = { tokenHash: hashSecret(token), expiresAt: this.#clock() + LIFETIME_MS };
    await trx
      .insertInto('invites')
      .values({ personId, ...row })
      .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
      .execute();
    return { token, expiresAt: row.expiresAt };
  }

  /**
   * Sets the password of the invited person and ends the invite.
   * @returns the person's id
   * @throws AppError `gone` when it was used, replaced, or is too old
   */
  async redeem(token: string, password: string): Promise<string> {
    const tokenHash = hashSecret(token);
    const invite = await this.#db
      .selectFrom('invites')
      .innerJoin('people', 'people.id', 'invites.personId')
      .select(['people.login', 'people.disabled', 'invites.expiresAt'])
      .where('tokenHash', '=', tokenHash)
      .executeTakeFirst();
    if (invite?.disabled !== 0 || invite.expiresAt <= this.#clock()) throw gone();
    refuseWeakPassword(password, invite.login);
    const passwordHash = await this.#passwords.hash(password);
    return this.#db.transaction().execute(async (trx) => {
      const used = await trx
        .deleteFrom('invites')
        .where('tokenHash', '=', tokenHash)
        .returning('personId')
        .executeTakeFirst();
      if (!used) throw gone();
      await trx.updateTable('people').set({ passwordHash }).where('id', '=', used.personId).execute();
      await trx.deleteFrom('sessions').where('personId', '=', used.personId).execute();
      return used.personId;
    });
  }
}
