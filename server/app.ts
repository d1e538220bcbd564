import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from 'express';
import '../shared/plain-issues.ts';
import { openAccounts } from './auth/accounts.ts';
import { thisServerBoard } from './boards/seed.ts';
import { createBoard } from './boards/service.ts';
import { buildId, clientFolder, VERSION } from './build.ts';
import { clientAddress } from './client-address.ts';
import type { Config } from './config.ts';
import { createFeatures } from './features.ts';
import { startHousekeeping } from './housekeeping.ts';
import { healthRoutes } from './http/health.ts';
import { createHttpApp } from './http/http-app.ts';
import { createHttpServer } from './http/http-server.ts';
import { docsRoutes } from './http/openapi.ts';
import { createHostCheck, createOriginCheck, foreignOriginMessage } from './http/origins.ts';
import { staticClient } from './http/static-client.ts';
import { KeysService } from './keys/keys-service.ts';
import { effectiveMaxConnections } from './limits.ts';
import type { Logger } from './logger.ts';
import { openMechanisms } from './mechanisms.ts';
import { createMetrics } from './metrics.ts';
import { coreCount, HostSource } from './sources/host-source.ts';
import { OwnSource } from './sources/own-source.ts';
import { SourceRunner } from './sources/source-runner.ts';
import { eventRoutes } from './transport/event-routes.ts';
import { Transport } from './transport/transport.ts';

/** Load balancers look every few seconds; meanwhile the server serves as before (DRN-2). */
const NOT_READY_MS = 3_000;
/** Requests in flight get so long to end before their sockets are cut. */
const LAST_REQUESTS_MS = 2_000;

export interface AppOptions {
  log: Logger;
  /** ms since 1970 */
  clock?: () => number;
  /** Folder of the built client; the usual one where absent. */
  client?: string;
  /** Off in tests that count publications. */
  sources?: boolean;
}

export interface App {
  /** Listens. @throws the error of the socket, such as EADDRINUSE */
  start(): Promise<{ port: number }>;
  /**
   * Ends everything in order; what was acknowledged is kept (DRN-1).
   * @param patient true: stay up for three seconds more so that load balancers notice, where anybody is connected
   */
  stop(patient: boolean): Promise<void>;
  /** Where people open it, once it listens. */
  readonly url: string;
  /** The one-time link of the first run; undefined when that is done. */
  readonly setupUrl: string | undefined;
  readonly dataDir: string;
  readonly maxConnections: number;
}

/**
 * Puts the whole server together.
 * @throws Error with a sentence for the operator when the data cannot be used
 */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { log, clock = Date.now, client = clientFolder(), sources = true } = options;
  const metrics = createMetrics();
  const mechanisms = await openMechanisms(config, { log, metrics, clock });
  const { db, bus, hub, channelLog, publisher, dataDir } = mechanisms;
  const build = buildId(client);
  const maxConnections = effectiveMaxConnections(config.maxConnections);
  let state: 'starting' | 'ready' | 'draining' = 'starting';
  let url = '';

  const keys = new KeysService({ db, bus, clock });
  const accounts = await openAccounts({
    ...{ config, db, clock },
    findKey: (token) => keys.find(token),
    seed: async (trx) => {
      await createBoard(trx, thisServerBoard(coreCount()), { at: clock(), by: 'Callboard' });
    },
  });
  const { authenticator, setup } = accounts;
  const baseUrl = (req: Request): string => config.publicUrl?.origin ?? `${req.protocol}://${req.host}`;
  const features = createFeatures({
    ...{ mechanisms, accounts, keys, log, metrics, build, clock, baseUrl },
    outboxMaxBytes: config.outboxMaxBytes,
  });

  const http = createHttpServer(
    createHttpApp({
      ...{ config, log },
      authenticate: (req) => authenticator.authenticate(req),
      observe: (labels, seconds) => metrics.httpSeconds.observe(labels, seconds),
      draining: () => state === 'draining' && !http.listening,
      features: [
        ...features.routes,
        eventRoutes((req, res, account, wish) => transport.events.open(req, res, account, wish)),
      ],
      root: [
        healthRoutes({
          metricsToken: config.metricsToken,
          metrics: metrics.registry,
          authenticate: (req) => authenticator.authenticate(req),
          async readiness() {
            if (state !== 'ready') return state;
            return channelLog.check().then(
              () => 'ready',
              () => 'storage',
            );
          },
        }),
        docsRoutes(VERSION),
      ],
      client: staticClient(client),
    }),
    { behindProxy: config.behindProxy },
  );

  const transport = new Transport({
    ...{ hub, log, clock, metrics, build, maxConnections },
    node: hostname(),
    handlers: features.handlers,
    greet: (one) => features.greet(one),
    authenticate: (req) => authenticator.authenticate(req),
    authenticateToken: (token) => authenticator.authenticateToken(token),
    hostAllowed: createHostCheck(config),
    originKind: createOriginCheck(config),
    foreignOriginMessage: (origin, host) => foreignOriginMessage(origin, host, config),
    addressOf: (req) => clientAddress(req, config.trustProxy),
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    maxConnectionsPerAccount: config.maxConnectionsPerAccount,
    maxHandshakesPerSecond: config.maxHandshakesPerSecond,
    maxMessageBytes: config.maxMessageBytes,
    heartbeatMs: config.heartbeatMs,
    outboxMaxBytes: config.outboxMaxBytes,
  });
  http.on('upgrade', transport.upgrade);

  metrics.gauge('connections', 'WebSockets that have said hello, and event streams', () => hub.size);
  metrics.gauge('outbox_bytes', 'Bytes waiting for all clients together', () => hub.stats().outboxBytes);

  const publish = (channel: string, data: unknown) => publisher.publishAsServer(channel, data);
  const host = new HostSource(dataDir);
  const own = new OwnSource(() => hub.stats());
  const runner = new SourceRunner(
    [
      { channel: 'system.host', read: () => host.read() },
      { channel: 'system.callboard', read: () => own.read() },
    ],
    publish,
    log,
  );
  const housekeeping = startHousekeeping({ sessions: accounts.sessions, keys, bus, log, clock });

  async function start(): Promise<{ port: number }> {
    await features.start();
    http.listen(config.port, config.host);
    await once(http, 'listening');
    const { port } = http.address() as AddressInfo;
    url = config.publicUrl?.origin ?? `http://${printableHost(config.host)}:${port}`;
    // Figures of several nodes share the channel; the newest of each is what counts (HOST-1).
    await channelLog.configure('system.host', { conflateBy: '/node' });
    if (sources) {
      runner.start();
      features.events.tell('info', `The server has started (version ${VERSION}).`);
    }
    state = 'ready';
    return { port };
  }

  let stopping: Promise<void> | undefined;
  /** Asked again meanwhile (supervisors and people do), it is the same end, not a second one. */
  function stop(patient: boolean): Promise<void> {
    stopping ??= end(patient);
    return stopping;
  }

  async function end(patient: boolean): Promise<void> {
    const served = state === 'ready';
    state = 'draining';
    if (patient && served && hub.size > 0) await sleep(NOT_READY_MS);
    const closed = http.listening ? once(http, 'close') : Promise.resolve();
    http.close();
    http.closeIdleConnections();
    await transport.drain('The server restarts.');
    const cut = setTimeout(() => http.closeAllConnections(), patient ? LAST_REQUESTS_MS : 0);
    await closed;
    clearTimeout(cut);
    housekeeping.stop();
    await runner.stop();
    own.stop();
    await features.stop();
    await mechanisms.close();
  }

  return {
    start,
    stop,
    dataDir,
    maxConnections,
    get url() {
      return url;
    },
    get setupUrl() {
      return setup.token === undefined ? undefined : `${url}/setup#token=${setup.token}`;
    },
  };
}

/** What a person can type for an address to listen on. */
function printableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host.startsWith('127.')) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
