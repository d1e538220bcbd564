import type { Config } from '../config.ts';
import type { Database } from '../storage/database.ts';
import type { Account } from './account.ts';
import { Authenticator } from './authenticate.ts';
import { Invites } from './invites.ts';
import { Passwords } from './passwords.ts';
import { SessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.ts';
import { Setup } from './setup.ts';

interface AccountsParts {
  config: Config;
  db: Database;
  clock: () => number;
  findKey(token: string): Promise<Account | 'expired' | undefined>;
  /** Puts the first boards into place, in the transaction of the set-up. */
  seed(trx: Database): Promise<void>;
}

export interface Accounts {
  passwords: Passwords;
  sessions: Sessions;
  invites: Invites;
  cookie: SessionCookie;
  setup: Setup;
  authenticator: Authenticator;
}

/** Everything by which people and programs prove who they are. */
export async function openAccounts({ config, db, clock, findKey, seed }: AccountsParts): Promise<Accounts> {
  const passwords = new Passwords();
  const sessions = new Sessions(db, clock);
  const cookie = new SessionCookie(config);
  const setup = new Setup({ db, passwords, clock, seed });
  await setup.load();
  return {
    passwords,
    sessions,
    invites: new Invites(db, passwords, clock),
    cookie,
    setup,
    authenticator: new Authenticator({ adminKey: config.adminKey, sessions, cookie, findKey }),
  };
}
