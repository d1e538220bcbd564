import express, { type Express, type RequestHandler, type Router } from 'express';
import type { Account } from '../auth/account.ts';
import { accountOf, setAccount } from '../auth/guard.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { readBody } from './body.ts';
import { errorHandler } from './error-handler.ts';
import { type ApiRoute, apiRoutes, laterRoutes, routesAt } from './route-table.ts';
import { cors, hostAllowList, refuseForgedRequests, securityHeaders } from './security.ts';

export interface HttpAppParts {
  config: Config;
  log: Logger;
  /** Header or cookie to account; undefined where there is neither. Throws `notSignedIn` or `tokenExpired`. */
  authenticate(req: express.Request): Promise<Account | undefined>;
  /** Sees every request with its time in seconds. */
  observe(labels: { method: string; status: string }, seconds: number): void;
  /** True once no new work is taken. */
  draining?(): boolean;
  /** Routes with paths relative to `/api/v1`. */
  features: readonly Router[];
  /** Routes of the root: health, documentation. */
  root: readonly Router[];
  /** The built client. */
  client: RequestHandler;
}

/** The Express application: the door for HTTP, in the order in which a request passes. */
export function createHttpApp(parts: HttpAppParts): Express {
  const { config, log } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustProxy);
  app.set('etag', false);
  app.use(measure(parts.observe), warnOfUnknownProxy(config, log), securityHeaders(), hostAllowList(config));
  app.use(...parts.root);
  app.use('/api/v1', noStore, cors(config), api(parts));
  app.use('/api', noStore, () => {
    throw new AppError('notFound');
  });
  app.use(parts.client);
  app.use(() => {
    throw new AppError('notFound');
  });
  app.use(errorHandler(log));
  return app;
}

const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/** Sign-in comes before the body, so that a stranger cannot make the server read eight megabytes. */
function api({ config, authenticate, draining, features }: HttpAppParts): Router {
  const bodies = new Map(apiRoutes.map((route) => [route, readBody(route, config.maxMessageBytes)]));
  const router = express.Router();
  router.use((req, res, next) => {
    if (draining?.()) {
      res.set('Connection', 'close');
      throw new AppError('draining', { retryAfterMs: 2_000 });
    }
    res.locals.route = findRoute(req.method, req.path, res);
    next();
  });
  router.use(refuseForgedRequests(config));
  router.use(async (req, res, next) => {
    if ((res.locals.route as ApiRoute).public) return next();
    const account = await authenticate(req);
    if (account) setAccount(req, account);
    accountOf(req);
    next();
  });
  router.use((req, res, next) => {
    const read = bodies.get(res.locals.route as ApiRoute);
    return read ? read(req, res, next) : next();
  });
  router.use(...features);
  return router;
}

/** @throws AppError `notFound`, `methodNotAllowed` (with `Allow`) or `notYet` */
function findRoute(method: string, path: string, res: express.Response): ApiRoute {
  const here = routesAt(path);
  const wanted = method === 'HEAD' ? 'GET' : method;
  const route = here.find((one) => one.method === wanted);
  if (route) return route;
  if (laterRoutes.some((one) => path === one || path.startsWith(`${one}/`))) throw new AppError('notYet');
  if (here.length === 0) throw new AppError('notFound');
  res.set('Allow', here.map((one) => one.method).join(', '));
  throw new AppError('methodNotAllowed');
}

function measure(observe: HttpAppParts['observe']): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once('close', () => {
      observe({ method: req.method, status: String(res.statusCode) }, (performance.now() - startedAt) / 1000);
    });
    next();
  };
}

/** Somebody put a proxy in front and did not say so: all visitors would share one address and its limits. */
function warnOfUnknownProxy(config: Config, log: Logger): RequestHandler {
  let warned = false;
  return (req, _res, next) => {
    const peer = req.socket.remoteAddress ?? '';
    if (!warned && req.headers['x-forwarded-for'] !== undefined && !config.trustProxy(peer, 0)) {
      warned = true;
      log.warn(
        `X-Forwarded-For comes from ${peer}, which is not trusted: set TRUST_PROXY=${peer} if that is your proxy`,
      );
    }
    next();
  };
}
