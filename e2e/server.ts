import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const ADMIN_KEY = 'a-static-key-for-the-stories';
const READY_WITHIN_MS = 20_000;

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The built server as its own process with a data folder of its own, as a user would start it. */
export class TestServer {
  readonly url: string;
  readonly #port: number;
  readonly #dataDir: string;
  #process: ChildProcess | undefined;
  #printed = '';

  private constructor(port: number, dataDir: string) {
    this.#port = port;
    this.#dataDir = dataDir;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<TestServer> {
    const server = new TestServer(await freePort(), await mkdtemp(join(tmpdir(), 'callboard-story-')));
    await server.start();
    return server;
  }

  /**
   * Starts it (again) on the same port and data, and waits until it is ready.
   * @param settings environment variables beside the usual ones
   */
  async start(settings: Record<string, string> = {}): Promise<void> {
    this.#printed = '';
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        DATA_DIR: this.#dataDir,
        CALLBOARD_ADMIN_KEY: ADMIN_KEY,
        LOG_LEVEL: 'warn',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#printed += chunk.toString();
      });
    }
    const deadline = Date.now() + READY_WITHIN_MS;
    while (child.exitCode === null && Date.now() < deadline) {
      const ready = await fetch(`${this.url}/readyz`).catch(() => undefined);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the server did not get ready; it printed:\n${this.#printed}`);
  }

  /** Stops it in its tracks: sockets stay open, nobody answers. `thaw` lets it go on. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }

  /** Ends it without a word, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.#dataDir, { recursive: true, force: true });
  }

  /** The one-time link that the server printed. */
  get setupUrl(): string {
    const link = /https?:\/\/\S+#token=\S+/.exec(this.#printed)?.[0];
    if (!link) throw new Error(`no set-up link in what the server printed:\n${this.#printed}`);
    const { pathname, hash } = new URL(link);
    return `${this.url}${pathname}${hash}`;
  }

  /** Calls the API with the static admin key; fails on anything but success. */
  async api<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_KEY}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async publish(channel: string, data: unknown): Promise<{ epoch: string; offset: number }> {
    const reply = await this.api<{ results: { epoch: string; offset: number }[] }>('POST', '/publish', {
      channel,
      data,
    });
    const result = reply.results[0];
    if (!result) throw new Error('a publish without a result');
    return result;
  }
}
