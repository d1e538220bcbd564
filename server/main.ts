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

/** What a person who started the server wants to hear of a start that failed. */
function startFault(cause: unknown, { port, host }: Config): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `Port ${port} is in use already: stop what listens there, or set PORT.`;
  if (code === 'EACCES')
    return `Port ${port} needs rights that this user does not have: set PORT to 1024 or more.`;
  if (code === 'EADDRNOTAVAIL') return `HOST is "${host}", but this machine does not have that address.`;
  return message;
}

const config = readEnvironment();
const log = createLogger({ level: config.logLevel, pretty: process.stdout.isTTY });

process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'a fault that nothing caught');
  process.exit(1);
});

const app = await createApp(config, { log }).catch((cause: unknown) => fail(startFault(cause, config), 1));

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
  fail(startFault(cause, config), 1);
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
