import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors.ts';
import type { Account } from './account.ts';

const accounts = new WeakMap<IncomingMessage, Account>();

/** Remembers who asks; the middleware that authenticates calls it once per request. */
export function setAccount(req: IncomingMessage, account: Account): void {
  accounts.set(req, account);
}

/** Who asks. What they may do is decided by `authorise`. @throws AppError `notSignedIn` */
export function accountOf(req: IncomingMessage): Account {
  const account = accounts.get(req);
  if (!account) throw new AppError('notSignedIn');
  return account;
}
