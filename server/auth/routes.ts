import express, { type Request, type Response, type Router } from 'express';
import {
  acceptInviteRequest,
  type Me,
  type Status,
  setupRequest,
  signInRequest,
} from '../../shared/api/accounts.ts';
import { type CloseName, closeCodes } from '../../shared/protocol/close-codes.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError } from '../errors.ts';
import { parseBody } from '../http/parse.ts';
import type { Logger } from '../logger.ts';
import type { Database } from '../storage/database.ts';
import type { Account } from './account.ts';
import { accountOf } from './guard.ts';
import type { Invites } from './invites.ts';
import type { Passwords } from './passwords.ts';
import type { SessionCookie } from './session-cookie.ts';
import { type Sessions, sessionLifetimeMs } from './sessions.ts';
import type { Setup } from './setup.ts';
import { Throttle } from './throttle.ts';

export interface AuthRoutesParts {
  db: Database;
  bus: Bus;
  log: Logger;
  passwords: Passwords;
  sessions: Sessions;
  invites: Invites;
  setup: Setup;
  cookie: SessionCookie;
  version: string;
  build: string;
  /** Told after somebody was added. */
  directoryChanged(): void;
  signIns: { inc(labels: { result: string }): void };
  /** As the door does it. Throws AppError for a sign-in that no longer holds. */
  authenticate(req: Request): Promise<Account | undefined>;
}

/** Set-up, sign-in and out, invites, and who is asking. Paths relative to `/api/v1`. */
export function authRoutes(parts: AuthRoutesParts): Router {
  const { db, bus, log, passwords, sessions, invites, setup, cookie, version, build, signIns } = parts;
  const throttle = new Throttle();
  const router = express.Router();

  /** This route is open to all, so a cookie that no longer holds is an answer here and not an error. */
  async function holdsSignIn(req: Request): Promise<boolean> {
    try {
      return (await parts.authenticate(req)) !== undefined;
    } catch (fault) {
      if (fault instanceof AppError && fault.status === 401) return false;
      throw fault;
    }
  }

  router.get('/status', async (req, res) => {
    const status: Status = {
      ...(setup.place !== undefined && { place: setup.place }),
      setupNeeded: setup.needed,
      signedIn: await holdsSignIn(req),
      version,
      build,
      insecure: cookie.permitsPlainHttp(req),
    };
    res.json(status);
  });

  router.get('/me', async (req, res) => {
    res.json(await whoIs(accountOf(req)));
  });

  router.post('/setup', async (req, res) => {
    cookie.refusePlainHttp(req);
    const request = parseBody(setupRequest, req);
    const personId = await throttle.run({ address: addressOf(req), guess: 'forbidden' }, () =>
      setup.run(request),
    );
    parts.directoryChanged();
    log.info({ login: request.login }, 'set up');
    res.status(201).json(await signIn(req, res, personId));
  });

  router.post('/session', async (req, res) => {
    cookie.refusePlainHttp(req);
    const { login: written, password } = parseBody(signInRequest, req);
    if (setup.needed) {
      throw new AppError('forbidden', { message: 'Open the set-up link that the server printed first.' });
    }
    const login = written.trim().toLowerCase();
    const attempt = { address: addressOf(req), account: login, guess: 'notSignedIn' } as const;
    const personId = await throttle.run(attempt, () => checkPassword(login, password, attempt.address));
    res.json(await signIn(req, res, personId));
  });

  router.post('/invite', async (req, res) => {
    cookie.refusePlainHttp(req);
    const { token, password } = parseBody(acceptInviteRequest, req);
    const personId = await throttle.run({ address: addressOf(req), guess: 'gone' }, () =>
      invites.redeem(token, password),
    );
    closeSockets({ accountId: personId }, 'signInRequired', 'Your passphrase was changed; sign in again.');
    res.json(await signIn(req, res, personId));
  });

  router.delete('/session', async (req, res) => {
    await endSessionOf(req, 'You signed out.');
    cookie.clear(res);
    res.status(204).end();
  });

  async function checkPassword(login: string, password: string, address: string): Promise<string> {
    const person = await db
      .selectFrom('people')
      .select(['id', 'passwordHash', 'disabled'])
      .where('login', '=', login)
      .executeTakeFirst();
    const right = await passwords.verify(person?.passwordHash, password);
    if (person && right && person.disabled === 0) {
      signIns.inc({ result: 'accepted' });
      return person.id;
    }
    signIns.inc({ result: 'refused' });
    log.info({ login, address }, 'a sign-in was refused');
    throw new AppError('notSignedIn', { message: 'The sign-in name or the passphrase is not right.' });
  }

  /** A session of its own for every sign-in: one that was there before cannot become somebody else's (fixation). */
  async function signIn(req: Request, res: Response, personId: string): Promise<Me> {
    await endSessionOf(req, 'Somebody signed in anew here.');
    const token = await sessions.create(personId);
    const account = await sessions.find(token);
    if (!account || account === 'expired') throw new AppError('notSignedIn');
    cookie.set(req, res, token, sessionLifetimeMs(account.role));
    return whoIs(account);
  }

  async function endSessionOf(req: Request, reason: string): Promise<void> {
    const token = cookie.read(req);
    const account = token === undefined ? undefined : await sessions.find(token);
    if (!account || account === 'expired' || account.sessionId === undefined) return;
    await sessions.end(account.sessionId);
    closeSockets({ sessionId: account.sessionId }, 'signInRequired', reason);
  }

  function closeSockets(
    who: { accountId?: string; sessionId?: string },
    why: CloseName,
    reason: string,
  ): void {
    bus.publish('close', { ...who, code: closeCodes[why].code, reason });
  }

  async function whoIs(account: Account): Promise<Me> {
    const person =
      account.kind === 'person'
        ? await db.selectFrom('people').select('login').where('id', '=', account.id).executeTakeFirst()
        : undefined;
    return {
      id: account.id,
      login: person?.login ?? account.id,
      name: account.name,
      role: account.role,
      groups: [...account.groups],
      kind: account.kind,
      place: setup.place ?? '',
      build,
    };
  }

  return router;
}

function addressOf(req: Request): string {
  return req.ip ?? '';
}
