import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = ['--import', 'tsx', fileURLToPath(new URL('../main.ts', import.meta.url))];
/** What `npm run build` leaves. */
export const BUILT = [fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))];
/** Far more than a start takes; from source on a busy machine it has taken 20 s. */
const READY_WITHIN_MS = 90_000;

/** A real server in a process of its own, for tests that end it without a word or load it. */
export class ServerProcess {
  readonly adminKey = 'an-admin-key-for-the-tests';
  readonly url: string;
  readonly wsUrl: string;
  readonly #port: number;
  readonly #dataDir: string;
  readonly #env: Record<string, string>;
  readonly #program: readonly string[];
  readonly #openFiles: number | undefined;
  #child: ChildProcess | undefined;
  #printed = '';

  private constructor(
    port: number,
    dataDir: string,
    env: Record<string, string>,
    program: readonly string[],
    openFiles: number | undefined,
  ) {
    this.#program = program;
    this.#openFiles = openFiles;
    this.#port = port;
    this.#dataDir = dataDir;
    this.#env = env;
    this.url = `http://127.0.0.1:${port}`;
    this.wsUrl = `ws://127.0.0.1:${port}/ws`;
  }

  /**
   * @param program arguments for node: from source, or `BUILT`
   * @param openFiles limit of file descriptors; the system's where absent
   */
  static async start(
    env: Record<string, string> = {},
    program = SOURCE,
    openFiles?: number,
  ): Promise<ServerProcess> {
    const dataDir = await mkdtemp(join(tmpdir(), 'callboard-test-'));
    const server = new ServerProcess(await freePort(), dataDir, env, program, openFiles);
    await server.start();
    return server;
  }

  /** Starts it (again) with the same port and data; resolves when it is ready. */
  async start(): Promise<void> {
    const node = [process.execPath, ...this.#program];
    const limited = ['sh', '-c', `ulimit -n ${this.#openFiles} && exec "$@"`, 'sh', ...node];
    const [command = '', ...words] = this.#openFiles === undefined ? node : limited;
    const child = spawn(command, words, {
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        PORT: String(this.#port),
        DATA_DIR: this.#dataDir,
        CALLBOARD_ADMIN_KEY: this.adminKey,
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#printed += chunk.toString();
      });
    }
    const deadline = Date.now() + READY_WITHIN_MS;
    while (child.exitCode === null && Date.now() < deadline) {
      const ready = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The server did not get ready. It printed:\n${this.#printed}`);
  }

  get pid(): number {
    return this.#child?.pid ?? -1;
  }

  /** The one-time token of the link that it printed at its first start. */
  get setupToken(): string {
    const token = /#token=(\S+)/.exec(this.#printed)?.[1];
    if (token === undefined) throw new Error(`No set-up link in what the server printed:\n${this.#printed}`);
    return token;
  }

  /** Sends a signal and waits for the end. @returns exit code, or null after a kill */
  async end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
    return child.exitCode;
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  /** Calls the API as admin. */
  async call<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.adminKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
