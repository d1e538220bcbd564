import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { sleep } from './clock.ts';

const READY_WITHIN_MS = 30_000;
const END_WITHIN_MS = 40_000;

export interface Launch {
  /** Program and arguments. */
  command: string[];
  env: Record<string, string>;
  /** Answers with success once the server is ready. */
  readyUrl: string;
}

/** A server that the load generator starts, ends and may start again. */
export class LaunchedServer {
  readonly #launch: Launch;
  #process: ChildProcess | undefined;
  #printed = '';

  constructor(launch: Launch) {
    this.#launch = launch;
  }

  get pid(): number {
    return this.#process?.pid ?? -1;
  }

  /** Resolves when it is ready. @throws Error with what it printed when it is not in time */
  async start(): Promise<void> {
    const [program = '', ...args] = this.#launch.command;
    const env = { ...process.env, ...this.#launch.env };
    const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        this.#printed = (this.#printed + chunk.toString()).slice(-10_000);
      });
    }
    const deadline = Date.now() + READY_WITHIN_MS;
    while (child.exitCode === null && Date.now() < deadline) {
      const ready = await fetch(this.#launch.readyUrl).catch(() => undefined);
      if (ready?.ok) return;
      await sleep(20);
    }
    throw new Error(`The server did not get ready. It printed:\n${this.#printed}`);
  }

  /** Ends it with that signal, after a while the hard way. */
  async end(signal: 'SIGKILL' | 'SIGINT'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }
}
