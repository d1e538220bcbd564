import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'express';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { hostName, isLoopbackHost } from '../http/origins.ts';

/** Browsers accept the prefix only with Secure, without Domain: no other host can set or read it. */
const SECURE_NAME = '__Host-callboard';
/** Over plain http neither prefix nor Secure are possible. */
const INSECURE_NAME = 'callboard';

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

/** The cookie that carries a session, and over which lines it may go. */
export class SessionCookie {
  readonly #config: Pick<Config, 'allowInsecureHttp' | 'publicUrl'>;

  constructor(config: Pick<Config, 'allowInsecureHttp' | 'publicUrl'>) {
    this.#config = config;
  }

  /** The session's token in a request, of Express or of an upgrade. */
  read(req: IncomingMessage): string | undefined {
    const { cookie } = req.headers;
    const token = readCookie(cookie, SECURE_NAME);
    return token ?? (this.#config.allowInsecureHttp ? readCookie(cookie, INSECURE_NAME) : undefined);
  }

  /** Whether what is typed here can be read on the way, which ALLOW_INSECURE_HTTP permits. */
  crossesPlainHttp(req: Request): boolean {
    if (req.protocol === 'https') return false;
    const name = hostName(req.headers.host) ?? '';
    const { publicUrl } = this.#config;
    return !(isLoopbackHost(name) || (publicUrl?.protocol === 'https:' && publicUrl.hostname === name));
  }

  /** Whether the operator accepted that for this request; the page then shows a warning. */
  permitsPlainHttp(req: Request): boolean {
    return this.#config.allowInsecureHttp && this.crossesPlainHttp(req);
  }

  /** Before a password is read from a request. @throws AppError `forbidden` over plain http beyond loopback */
  refusePlainHttp(req: Request): void {
    if (this.#config.allowInsecureHttp || !this.crossesPlainHttp(req)) return;
    throw new AppError('forbidden', {
      message:
        'Sign-in over plain http is off, because everybody on the way could read it. Serve https (TLS_CERT and TLS_KEY, ' +
        'or a proxy named in TRUST_PROXY) and set PUBLIC_URL, or accept the risk with ALLOW_INSECURE_HTTP=1.',
    });
  }

  set(req: Request, res: Response, token: string, lifetimeMs: number): void {
    const secure = !this.crossesPlainHttp(req);
    res.cookie(secure ? SECURE_NAME : INSECURE_NAME, token, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path: '/',
      maxAge: lifetimeMs,
    });
  }

  clear(res: Response): void {
    res.clearCookie(SECURE_NAME, { httpOnly: true, sameSite: 'lax', secure: true, path: '/' });
    if (this.#config.allowInsecureHttp) {
      res.clearCookie(INSECURE_NAME, { httpOnly: true, sameSite: 'lax', path: '/' });
    }
  }
}
