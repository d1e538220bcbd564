import { type DestinationStream, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type { Logger } from 'pino';

/** Field names whose values never reach a log, at the first three depths. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', 'key', 'secret', '["set-cookie"]'];

const paths = SECRETS.flatMap((name) => {
  const dotted = name.startsWith('[') ? name : `.${name}`;
  return [name, `*${dotted}`, `*.*${dotted}`];
});

interface LoggerOptions {
  level: string;
  /** One calm line per event for people instead of JSON for machines. */
  pretty: boolean;
}

/** The structured log of the process, on standard output. Secrets are removed by field name. */
export function createLogger(
  { level, pretty: readable }: LoggerOptions,
  destination?: DestinationStream,
): Logger {
  const options = { level, base: null, redact: { paths, censor: '[removed]' } };
  if (!readable)
    return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(1));
  const lines = pretty({
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    ignore: 'pid,hostname',
    sync: true,
  });
  return pino(options, destination ?? lines);
}
