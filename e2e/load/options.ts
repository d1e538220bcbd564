import { parseArgs } from 'node:util';
import type { Board } from './rig.ts';
import type { TargetOptions } from './targets.ts';

export interface LoadOptions {
  /** Undefined: as the scenario has it by default. */
  clients: number | undefined;
  seconds: number;
  board: Board;
}

const SERVERS = ['callboard', 'ws', 'socket.io', 'bun'] as const;
export type ServerName = (typeof SERVERS)[number];

function isServer(name: string): name is ServerName {
  return SERVERS.some((one) => one === name);
}

export interface CommandLine {
  scenario: string;
  server: ServerName;
  load: LoadOptions;
  target: TargetOptions;
  json: boolean;
  help: boolean;
}

export const USAGE = `npm run load -- [scenario] [options]

  board      all clients watch all channels (the default)
  idle       from publish to receipt with nothing else going on
  memory     what a connected client takes while nothing happens
  announce   one announcement to everyone, some of them on a busy board
  newcomers  many join while a board is busy
  ingest     how fast publications are taken, in batches and singly
  restart    kill -9 under everybody, and all come back
  stalled    some stop reading; do the others notice?

  --clients 2000  --channels 20  --rate 10  --bytes 200  --seconds 20
  --durability disk|memory   of the channels; default disk
  --spread                   each channel at a time of its own instead of all in one request
  --server callboard|ws|socket.io|bun
                             the peers (see peers/) know the scenarios board and idle
  --url http://127.0.0.1:8080 --key <admin's key> [--pid <its process>]
                             a running server on this machine; else the built one is started
  --env NAME=VALUE           for the server that is started; may be repeated
  --cpu-prof <folder>        a CPU profile of the server that is started
  --json                     one JSON object instead of lines
`;

/** @throws Error for an option that is unknown or out of range */
export function readCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      clients: { type: 'string' },
      channels: { type: 'string', default: '20' },
      rate: { type: 'string', default: '10' },
      bytes: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '20' },
      durability: { type: 'string', default: 'disk' },
      spread: { type: 'boolean', default: false },
      server: { type: 'string', default: 'callboard' },
      url: { type: 'string' },
      key: { type: 'string' },
      pid: { type: 'string' },
      env: { type: 'string', multiple: true, default: [] },
      'cpu-prof': { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { durability, server } = values;
  if (!isServer(server)) throw new Error(`--server is one of ${SERVERS.join(', ')}.`);
  if (durability !== 'disk' && durability !== 'memory') throw new Error('--durability is disk or memory.');
  return {
    scenario: positionals[0] ?? 'board',
    server,
    load: {
      clients: values.clients === undefined ? undefined : positive('clients', values.clients),
      seconds: positive('seconds', values.seconds),
      board: {
        ...{ channels: channelNames(positive('channels', values.channels)), durability },
        ...{ rate: positive('rate', values.rate), bytes: positive('bytes', values.bytes) },
        spread: values.spread,
      },
    },
    target: {
      ...{ url: values.url, key: values.key, cpuProf: values['cpu-prof'] },
      pid: values.pid === undefined ? undefined : positive('pid', values.pid),
      env: Object.fromEntries(values.env.map(assignment)),
    },
    json: values.json,
    help: values.help,
  };
}

export function channelNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `load.${at + 1}`);
}

/** For the report: what was asked for. */
export function describeBoard({ channels, rate, bytes, spread, durability }: Board): Record<string, unknown> {
  return { channels: channels.length, rate, bytes, durability, ...(spread && { spread }) };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} ${text}: a number above 0 would be right.`);
}

function assignment(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`--env ${text}: NAME=VALUE would be right.`);
  return [text.slice(0, at), text.slice(at + 1)];
}
