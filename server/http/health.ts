import express, { type Request, type Router } from 'express';
import type { Account } from '../auth/account.ts';
import { can } from '../auth/authorise.ts';
import { AppError } from '../errors.ts';
import { sameSecret } from '../secrets.ts';
import { requireRead } from './only-reads.ts';

export interface HealthParts {
  metricsToken: string | undefined;
  /** `ready`, or why the server should get no traffic now. */
  readiness(): Promise<'ready' | 'starting' | 'draining' | 'storage'>;
  metrics: { contentType: string; metrics(): Promise<string> };
  authenticate(req: Request): Promise<Account | undefined>;
}

const LOOPBACK = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/;

/** `/healthz` (the process lives), `/readyz` (it may get traffic), `/metrics` (Prometheus). */
export function healthRoutes({ metricsToken, readiness, metrics, authenticate }: HealthParts): Router {
  const router = express.Router();
  router.use(['/healthz', '/readyz', '/metrics'], (req, res, next) => {
    res.set('Cache-Control', 'no-store');
    requireRead(req, res);
    next();
  });
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' });
  });
  router.get('/readyz', async (_req, res) => {
    const state = await readiness();
    res.status(state === 'ready' ? 200 : 503).json({ status: state });
  });
  router.get('/metrics', async (req, res) => {
    await mayReadMetrics(req);
    res.set('Content-Type', metrics.contentType).send(await metrics.metrics());
  });

  /** With METRICS_TOKEN only it and admins; without it also whoever asks from this machine itself. */
  async function mayReadMetrics(req: Request): Promise<void> {
    const [, token] = /^Bearer (\S+)$/i.exec(req.headers.authorization ?? '') ?? [];
    if (metricsToken !== undefined && token !== undefined && sameSecret(token, metricsToken)) return;
    // A proxy on this machine also comes from loopback, so what was forwarded does not count as local.
    const direct = req.headers['x-forwarded-for'] === undefined && req.headers.forwarded === undefined;
    if (metricsToken === undefined && direct && LOOPBACK.test(req.socket.remoteAddress ?? '')) return;
    const account = await authenticate(req);
    if (!account) throw new AppError('notSignedIn');
    if (!can(account, { do: 'metrics.read' })) throw new AppError('forbidden');
  }
  return router;
}
