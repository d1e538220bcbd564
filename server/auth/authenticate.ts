import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import { sameSecret } from '../secrets.ts';
import type { Account } from './account.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { Sessions } from './sessions.ts';

export interface AuthenticatorParts {
  /** CALLBOARD_ADMIN_KEY */
  adminKey: string | undefined;
  sessions: Pick<Sessions, 'find'>;
  cookie: Pick<SessionCookie, 'read'>;
  /** Account of an API key; undefined for one that is unknown or revoked, `expired` for an old one. */
  findKey(token: string): Promise<Account | 'expired' | undefined>;
}

/** Whoever holds CALLBOARD_ADMIN_KEY; it stands in no table and holds as long as the process. */
export const adminAccount: Account = Object.freeze({
  id: 'key:admin',
  kind: 'key',
  name: 'CALLBOARD_ADMIN_KEY',
  role: 'admin',
  groups: [],
  scopes: [],
  hasRole: true,
});

/** Who stands behind a request or a socket. The same for HTTP, the upgrade and `hello`. */
export class Authenticator {
  readonly #parts: AuthenticatorParts;

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts;
  }

  /**
   * By header, else by cookie. A cookie counts only where the caller has checked the origin.
   * @returns undefined where the request carries neither
   * @throws AppError `notSignedIn` or `tokenExpired` for a bad one
   */
  async authenticate(req: IncomingMessage): Promise<Account | undefined> {
    const { authorization } = req.headers;
    if (authorization !== undefined) {
      const [, token] = /^Bearer +([\x21-\x7e]{1,8192})$/i.exec(authorization) ?? [];
      if (token === undefined) {
        throw new AppError('notSignedIn', { message: 'The Authorization header must be: Bearer <key>.' });
      }
      return this.authenticateToken(token);
    }
    const token = this.#parts.cookie.read(req);
    return token === undefined ? undefined : known(await this.#parts.sessions.find(token));
  }

  /** By a key, as `Authorization: Bearer` or `hello.token` carry it. @throws AppError `notSignedIn`, `tokenExpired` */
  async authenticateToken(token: string): Promise<Account> {
    const { adminKey } = this.#parts;
    if (adminKey !== undefined && sameSecret(token, adminKey)) return adminAccount;
    return known(await this.#parts.findKey(token));
  }
}

function known(account: Account | 'expired' | undefined): Account {
  if (account === 'expired') throw new AppError('tokenExpired');
  if (account === undefined) throw new AppError('notSignedIn');
  return account;
}
