import type { IncomingMessage } from 'node:http';
import { hello } from '../../shared/protocol/client-messages.ts';
import type { Account } from '../auth/account.ts';
import { AppError } from '../errors.ts';
import type { OriginKind } from '../http/origins.ts';
import type { Admission } from './admission.ts';
import type { ForeignPages } from './foreign-pages.ts';
import type { Handshake } from './introduction.ts';

export const WEBSOCKET_PATH = '/ws';

export interface UpgradeParts {
  admission: Admission;
  foreignPages: Pick<ForeignPages, 'tell'>;
  /** Whether this server answers for a `Host`. */
  hostAllowed(host: string | undefined): boolean;
  originKind(origin: string, host: string): OriginKind;
  foreignOriginMessage(origin: string, host: string): string;
  addressOf(req: IncomingMessage): string;
  /**
   * By header, else by cookie; undefined where the request carries neither.
   * @throws AppError `notSignedIn` or `tokenExpired` for a bad one
   */
  authenticate(req: IncomingMessage): Promise<Account | undefined>;
  draining(): boolean;
}

/** An upgrade that HTTP has a better status for than the row of the error. */
export class UpgradeRequired extends AppError {
  constructor(message: string) {
    super('malformed', { message });
  }
}

export type Checked = Handshake & {
  /** The cookie is one of ours, but its session is over: a page must hear that by a close code. */
  signInRequired?: true;
};

/**
 * Everything that is checked before a socket becomes a WebSocket, cheapest first, one rule a paragraph.
 * @throws AppError the answer instead of the upgrade; the place is given back
 */
export async function checkUpgrade(req: IncomingMessage, parts: UpgradeParts): Promise<Checked> {
  const { query } = checkRequest(req, parts);
  const address = parts.addressOf(req);
  const fromPage = await checkOrigin(req, address, parts);
  const place = parts.admission.admit(address);
  try {
    const found = await authenticate(req, parts, fromPage);
    if (found === undefined) place.claimUnauthenticated();
    const userAgent = req.headers['user-agent'];
    return {
      address,
      place,
      fromPage,
      ...labels(query),
      ...(userAgent !== undefined && { userAgent }),
      ...(found === 'dead' && { signInRequired: true }),
      ...(typeof found === 'object' && { account: found }),
    };
  } catch (error) {
    place.release();
    throw error;
  }
}

function checkRequest(req: IncomingMessage, parts: UpgradeParts): { query: URLSearchParams } {
  if (parts.draining()) throw new AppError('draining', { retryAfterMs: 5_000 });

  const [path, query = ''] = (req.url ?? '').split('?', 2);
  if (path !== WEBSOCKET_PATH) throw new AppError('notFound');

  if (!parts.hostAllowed(req.headers.host)) throw new AppError('misdirected');

  if (req.method !== 'GET') throw new AppError('methodNotAllowed');
  if (req.httpVersion !== '1.1') {
    throw new AppError('malformed', { message: 'A WebSocket begins with HTTP/1.1.' });
  }
  if (req.headers.upgrade?.toLowerCase() !== 'websocket') {
    throw new UpgradeRequired('Upgrade: websocket is all that is spoken here.');
  }
  if (req.headers['sec-websocket-version'] !== '13') {
    throw new UpgradeRequired('Sec-WebSocket-Version must be 13.');
  }

  const parameters = new URLSearchParams(query);
  for (const name of ['token', 'access_token', 'key']) {
    if (parameters.has(name)) {
      throw new AppError('malformed', {
        message: 'A token does not belong in an address; send it in the Authorization header or in hello.',
      });
    }
  }
  return { query: parameters };
}

/** @returns whether a page asks. @throws AppError `forbidden` for a page of another site (WHO-3) */
async function checkOrigin(req: IncomingMessage, address: string, parts: UpgradeParts): Promise<boolean> {
  const { origin, host = '' } = req.headers;
  if (origin === undefined) return false;
  if (parts.originKind(origin, host) === 'foreign') {
    await parts.foreignPages.tell(req, origin, address);
    throw new AppError('forbidden', { message: parts.foreignOriginMessage(origin, host) });
  }
  return true;
}

/** A bad header is refused here; a dead cookie only once the page can hear why. */
async function authenticate(
  req: IncomingMessage,
  parts: UpgradeParts,
  fromPage: boolean,
): Promise<Account | 'dead' | undefined> {
  const byHeader = req.headers.authorization !== undefined;
  try {
    const account = await parts.authenticate(req);
    if (account && !byHeader && !fromPage) throw new AppError('forbidden', { message: COOKIE_NEEDS_ORIGIN });
    return account;
  } catch (error) {
    const dead =
      error instanceof AppError && (error.error === 'notSignedIn' || error.error === 'tokenExpired');
    if (!dead || byHeader) throw error;
    if (!fromPage) throw new AppError('forbidden', { message: COOKIE_NEEDS_ORIGIN });
    return 'dead';
  }
}

const COOKIE_NEEDS_ORIGIN =
  'A session cookie counts only with the Origin of an allowed page; programs send an Authorization header.';

function labels(query: URLSearchParams): { groups?: string[]; tags?: string[] } {
  const { groups, tags } = hello.shape;
  const listed = {
    groups: groups.safeParse(query.get('groups')?.split(',').filter(Boolean)),
    tags: tags.safeParse(query.get('tags')?.split(',').filter(Boolean)),
  };
  for (const [path, { error }] of Object.entries(listed)) {
    if (error) {
      const message = error.issues[0]?.message ?? 'is not understood';
      throw new AppError('malformed', { message: `${path}: ${message}`, issues: [{ path, message }] });
    }
  }
  return {
    ...(listed.groups.data && { groups: listed.groups.data }),
    ...(listed.tags.data && { tags: listed.tags.data }),
  };
}
