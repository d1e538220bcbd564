import { createApp } from './app.ts';
import { VERSION } from './build.ts';
import { type Config, readConfig } from './config.ts';
import { ConfigError, EXIT_CONFIG } from './config-fields.ts';
import { createLogger } from './logger.ts';

/** Longer than any orderly end: the three seconds of not-ready, the slots of the clients, the last requests. */
const STOP_WITHIN_MS = 25_000;

function say(...lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

function fail(sentence: string, exitCode: number): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(exitCode);
}

function readEnvironment(): Config {
  try {
    return readConfig(process.env);
  } catch (cause) {
    if (cause instanceof ConfigError) fail(cause.message, EXIT_CONFIG);
    throw cause;
  }
}

/** What a resolver or a socket says of an address that is none of this machine's. */
const HOST_FAULTS = new Set([
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EINVAL',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
]);

/** Ends the process with what a person who started the server wants to hear of a start that failed. */
function failStart(cause: unknown, { port, host }: Config): never {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  if (cause instanceof ConfigError) fail(message, EXIT_CONFIG);
  if (HOST_FAULTS.has(code)) {
    const right = 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them';
    fail(`HOST is "${host}", but must be ${right} (${code}).`, EXIT_CONFIG);
  }
  if (code === 'EADDRINUSE') fail(`Port ${port} is in use already: stop what listens there, or set PORT.`, 1);
  if (code === 'EACCES') {
    fail(`Port ${port} needs rights that this user does not have: set PORT to 1024 or more.`, 1);
  }
  fail(message, 1);
}

const config = readEnvironment();
const log = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });

process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'a fault that nothing caught');
  process.exit(1);
});

const app = await createApp(config, { log }).catch((cause: unknown) => failStart(cause, config));

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    setTimeout(() => fail('The server did not end in time.', 1), STOP_WITHIN_MS).unref();
    app.stop(signal === 'SIGTERM').then(
      () => process.exit(0),
      (err) => {
        log.fatal({ err }, 'the server did not end in order');
        process.exit(1);
      },
    );
  });
}

await app.start().catch(async (cause: unknown) => {
  await app.stop(false);
  failStart(cause, config);
});

say('', `  Callboard ${VERSION}`, '', `  Open     ${app.url}`);
if (app.setupUrl !== undefined) say(`  Set up   ${app.setupUrl}`, '           (works once, within the hour)');
say(`  Data     ${app.dataDir}`);
if (app.maxConnections < config.maxConnections) {
  say(`  Room     ${app.maxConnections} connections: the system allows no more open files (ulimit -n)`);
} else {
  say(`  Room     ${app.maxConnections} connections`);
}
say('');
