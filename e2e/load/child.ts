import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Waiting {
  field: string;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A part of the load generator in a process of its own, which answers each command with one message. */
export class Child {
  readonly #process: ChildProcess;
  #waiting: Waiting[] = [];

  /** @param script beside this file; @param options its one argument, as JSON */
  constructor(script: string, options: unknown) {
    const file = fileURLToPath(new URL(script, import.meta.url));
    this.#process = fork(file, [JSON.stringify(options)], { execArgv: ['--import', 'tsx'] });
    this.#process.on('message', (message: Record<string, unknown>) => {
      const at = this.#waiting.findIndex(({ field }) => field in message);
      for (const { field, resolve } of at < 0 ? [] : this.#waiting.splice(at, 1)) resolve(message[field]);
    });
    this.#process.once('exit', (code) => {
      for (const { reject } of this.#waiting) reject(new Error(`${script} ended with ${code}`));
    });
  }

  get pid(): number {
    return this.#process.pid ?? -1;
  }

  /** The next message with that field. @throws Error when the process ends before */
  next<T>(field: string): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ field, resolve: (value) => resolve(value as T), reject });
    });
  }

  async ask<T>(command: object, field: string): Promise<T> {
    const answered = this.next<T>(field);
    this.#process.send(command);
    return answered;
  }

  end(): void {
    this.#waiting = [];
    this.#process.kill('SIGKILL');
  }
}
