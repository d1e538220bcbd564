import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/steps.mjs';
import { freePort } from '../server.ts';
import type { DialectName } from './dialects.ts';
import { LaunchedServer } from './launched-server.ts';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const ADMIN_KEY = 'an-admin-key-for-the-load';

/** A server that load can be put on. */
export interface Target {
  port: number;
  dialect: DialectName;
  publishPath: string;
  /** For what publishes and administers. */
  key: string;
  /** For viewers: one that may only watch, so that they get what screens get and no more. */
  viewerKey: string;
  /** Undefined where the server was started by somebody else who did not say. */
  pid: number | undefined;
  /** The server as a process, where it is ours. */
  server: LaunchedServer | undefined;
  close(): Promise<void>;
}

export interface TargetOptions {
  /** A running server on this machine, with `key` (an admin's) and perhaps `pid`; else the built one is started. */
  url?: string | undefined;
  key?: string | undefined;
  pid?: number | undefined;
  /** Folder for a CPU profile of the server, written at its end. */
  cpuProf?: string | undefined;
  env?: Record<string, string>;
}

/** @param pin what the command of a server begins with */
export async function callboard(options: TargetOptions, pin: string[] = []): Promise<Target> {
  if (options.url !== undefined) return runningCallboard(options.url, options);
  await build();
  const dataDir = await mkdtemp(join(tmpdir(), 'callboard-load-'));
  const port = await freePort();
  const profile = options.cpuProf === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.cpuProf}`];
  const server = new LaunchedServer({
    command: [...pin, process.execPath, ...profile, MAIN],
    env: {
      ...{ HOST: '127.0.0.1', LOG_LEVEL: 'warn', DATA_DIR: dataDir, CALLBOARD_ADMIN_KEY: ADMIN_KEY },
      PORT: String(port),
      ...options.env,
    },
    readyUrl: `http://127.0.0.1:${port}/readyz`,
  });
  await server.start();
  const viewers = await createViewerKey(port, ADMIN_KEY);
  return {
    ...{ port, server, key: ADMIN_KEY, viewerKey: viewers.key },
    ...{ dialect: 'callboard', publishPath: '/api/v1/publish' },
    get pid() {
      return server.pid;
    },
    async close() {
      await server.end(options.cpuProf === undefined ? 'SIGKILL' : 'SIGINT');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function runningCallboard(url: string, { key, pid }: TargetOptions): Promise<Target> {
  const { port, hostname } = new URL(url);
  if (hostname !== '127.0.0.1' && hostname !== 'localhost') throw new Error('Load stays on this machine.');
  if (key === undefined) throw new Error('--url needs --key, the key of an admin.');
  const viewers = await createViewerKey(Number(port), key);
  return {
    ...{ port: Number(port), server: undefined, key, viewerKey: viewers.key, pid },
    ...{ dialect: 'callboard', publishPath: '/api/v1/publish' },
    close: async () => {
      await call(Number(port), key, 'DELETE', `/keys/${viewers.id}`);
    },
  };
}

function createViewerKey(port: number, key: string): Promise<{ id: string; key: string }> {
  return call(port, key, 'POST', '/keys', { name: 'load', scopes: ['subscribe:*'] });
}

/** Calls Callboard's API. @throws Error on anything but success */
export async function call<T>(
  port: number,
  key: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
