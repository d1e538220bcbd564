import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { createHostCheck, createOriginCheck, foreignOriginMessage } from './origins.ts';

/** Browsers keep a CORS answer for so long at most. */
const PREFLIGHT_SECONDS = 600;

/** Headers of every answer. No `upgrade-insecure-requests`: it breaks installations without TLS in a local network. */
export function securityHeaders(): RequestHandler {
  const others = helmet({
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: false, // only under TLS of our own, which a proxy or a later version brings
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  return (req, res, next) => {
    // The Host was checked before. Not every browser takes 'self' for the socket of the same host.
    const host = req.headers.host ?? '';
    res.set(
      'Content-Security-Policy',
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; ` +
        `connect-src 'self' ws://${host} wss://${host}; manifest-src 'self'; base-uri 'none'; form-action 'self'; ` +
        `object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`,
    );
    others(req, res, next);
  };
}

/** Refuses Host names that are not ours. @throws AppError `misdirected` */
export function hostAllowList(config: Config): RequestHandler {
  const answersFor = createHostCheck(config);
  return (req, _res, next) => {
    if (answersFor(req.headers.host)) return next();
    throw new AppError('misdirected', {
      message: `This server does not answer for the host "${(req.headers.host ?? '').slice(0, 100)}"; ALLOWED_HOSTS or PUBLIC_URL name it.`,
    });
  };
}

/** Lets the pages of ALLOWED_ORIGINS use the API with a key, never with a cookie (WHO-3). */
export function cors(config: Config): RequestHandler {
  const judge = createOriginCheck(config);
  return (req, res, next) => {
    res.vary('Origin');
    const { origin } = req.headers;
    if (origin !== undefined && judge(origin, req.headers.host ?? '') === 'listed') {
      res.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': 'ETag, Retry-After',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      if (req.method === 'OPTIONS') {
        res.set({
          'Access-Control-Allow-Methods': 'GET, POST, PATCH, DELETE',
          'Access-Control-Allow-Headers': 'Authorization, Content-Type, If-Match, Last-Event-ID',
          'Access-Control-Max-Age': String(PREFLIGHT_SECONDS),
        });
      }
    }
    if (req.method === 'OPTIONS') res.status(204).end();
    else next();
  };
}

/**
 * A page of somebody else can make a browser send our cookie, but not our Origin. Requests with an `Authorization`
 * header are safe from that, and so are those that change nothing.
 * @throws AppError `forbidden`
 */
export function refuseForgedRequests(config: Config): RequestHandler {
  const judge = createOriginCheck(config);
  return (req, _res, next) => {
    const safe = req.method === 'GET' || req.method === 'HEAD' || req.headers.authorization !== undefined;
    if (safe) return next();
    const { origin, host = '', cookie } = req.headers;
    if (origin !== undefined) {
      if (judge(origin, host) !== 'foreign') return next();
      throw new AppError('forbidden', { message: foreignOriginMessage(origin, host, config) });
    }
    const site = req.headers['sec-fetch-site'];
    // Programs that carry no cookie have nothing that could be abused: they sign in, or redeem an invite.
    if (site === 'same-origin' || (site === undefined && cookie === undefined)) return next();
    throw new AppError('forbidden', {
      message: 'A change by cookie needs an Origin header of this server, or Sec-Fetch-Site: same-origin.',
    });
  };
}
