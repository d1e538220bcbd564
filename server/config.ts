import proxyAddress from 'proxy-addr';
import { z } from 'zod';
import {
  configError,
  flag,
  hostPattern,
  integer,
  laterVersion,
  list,
  originPattern,
  quantity,
  secret,
  size,
  text,
} from './config-fields.ts';

/** Decides whether a proxy at this address, so many hops away (from 0), is believed; as proxy-addr wants it. */
export type TrustProxy = (address: string, hop: number) => boolean;

const notTrusted: TrustProxy = () => false;

const trustProxy = z.string().transform((value, context): TrustProxy => {
  if (/^(?:off|false|no|0)$/i.test(value)) return notTrusted;
  if (/^[1-9]\d?$/.test(value)) {
    const hops = Number(value);
    return (_address, hop) => hop < hops;
  }
  try {
    return proxyAddress.compile(value.split(',').map((part) => part.trim()));
  } catch {
    context.addIssue('a number of proxies (1), or addresses and subnets (loopback, 10.0.0.0/8)');
    return z.NEVER;
  }
});

const publicUrl = z.string().transform((value, context): URL => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (
    url &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    !url.search &&
    !url.hash &&
    !url.username
  )
    return url;
  context.addIssue('an address without a path (https://board.example.com)');
  return z.NEVER;
});

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const MIB = 1_048_576;

/** The environment, as docs/protocol.md lists it. Whatever is not set has the default given here. */
const environment = z.object({
  PORT: integer(0, 65_535).default(8_080), // 0: any free port
  HOST: text.default('0.0.0.0'),
  DATA_DIR: text.default('./data'),
  CALLBOARD_ADMIN_KEY: secret(16).optional(),
  ALLOWED_ORIGINS: list(originPattern).default([]), // beside the page's own origin
  TRUST_PROXY: trustProxy.default(() => notTrusted),
  MAX_CONNECTIONS: integer(1, 1_000_000).default(20_000),
  MAX_CONNECTIONS_PER_ADDRESS: integer(1, 1_000_000).default(1_000),
  MAX_CONNECTIONS_PER_ACCOUNT: integer(1, 1_000_000).default(50), // people only
  MAX_HANDSHAKES_PER_SECOND: integer(1, 1_000_000).default(1_000),
  MAX_MESSAGE_BYTES: size(1_024, 64 * MIB).default(524_288),
  HEARTBEAT_MS: integer(100, 600_000).default(25_000),
  FLUSH_MS: integer(0, 10_000).default(50),
  OUTBOX_MAX_BYTES: size(16_384, 1_024 * MIB).default(MIB),
  HISTORY_PUBLICATIONS: integer(1, 1_000_000_000).default(100_000),
  HISTORY_HOURS: quantity(0.01, 87_600).default(24),
  HISTORY_BYTES: size(1_024).default(256 * MIB),
  RING_BYTES: size(1_024).default(64 * MIB),
  DATA_MAX_BYTES: size(MIB).default(10 * 1_024 * MIB),
  MAX_CHANNELS: integer(1, 10_000_000).default(10_000),
  ALLOWED_HOSTS: list(hostPattern).default([]), // beside loopback, PUBLIC_URL and addresses in figures
  ALLOW_INSECURE_HTTP: flag.default(false),
  METRICS_TOKEN: secret(16).optional(),
  LOG_LEVEL: z.enum(logLevels, { error: `one of ${logLevels.join(', ')}` }).default('info'),
  PUBLIC_URL: publicUrl.optional(),
  DATABASE_URL: laterVersion('PostgreSQL'),
  REDIS_URL: laterVersion('running several nodes'),
  CALLBOARD_JWT_SECRET: laterVersion('accepting tokens of another application'),
  CALLBOARD_JWKS_URL: laterVersion('accepting tokens of another application'),
  JWT_ISSUER: laterVersion('accepting tokens of another application'),
  JWT_AUDIENCE: laterVersion('accepting tokens of another application'),
  OIDC_ISSUER: laterVersion('sign-in by an OpenID provider'),
  OIDC_CLIENT_ID: laterVersion('sign-in by an OpenID provider'),
  OIDC_CLIENT_SECRET: laterVersion('sign-in by an OpenID provider'),
  TLS_CERT: laterVersion('serving https itself'),
  TLS_KEY: laterVersion('serving https itself'),
});

/**
 * Reads the configuration once, at the start; nothing else looks at the environment.
 * An empty variable counts as unset.
 * @throws ConfigError one sentence that names the variable, its value and what would be right
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>) {
  const given: Record<string, string> = {};
  for (const name of Object.keys(environment.shape)) {
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') given[name] = value;
  }
  const read = environment.safeParse(given);
  if (!read.success) throw configError(read.error, given);
  const set = read.data;
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    dataDir: set.DATA_DIR,
    adminKey: set.CALLBOARD_ADMIN_KEY,
    allowedOrigins: set.ALLOWED_ORIGINS,
    trustProxy: set.TRUST_PROXY,
    behindProxy: set.TRUST_PROXY !== notTrusted,
    maxConnections: set.MAX_CONNECTIONS,
    maxConnectionsPerAddress: set.MAX_CONNECTIONS_PER_ADDRESS,
    maxConnectionsPerAccount: set.MAX_CONNECTIONS_PER_ACCOUNT,
    maxHandshakesPerSecond: set.MAX_HANDSHAKES_PER_SECOND,
    maxMessageBytes: set.MAX_MESSAGE_BYTES,
    heartbeatMs: set.HEARTBEAT_MS,
    flushMs: set.FLUSH_MS,
    outboxMaxBytes: set.OUTBOX_MAX_BYTES,
    historyPublications: set.HISTORY_PUBLICATIONS,
    historyHours: set.HISTORY_HOURS,
    historyBytes: set.HISTORY_BYTES,
    ringBytes: set.RING_BYTES,
    dataMaxBytes: set.DATA_MAX_BYTES,
    maxChannels: set.MAX_CHANNELS,
    allowedHosts: set.ALLOWED_HOSTS,
    allowInsecureHttp: set.ALLOW_INSECURE_HTTP,
    metricsToken: set.METRICS_TOKEN,
    logLevel: set.LOG_LEVEL,
    publicUrl: set.PUBLIC_URL,
  });
}

export type Config = ReturnType<typeof readConfig>;
