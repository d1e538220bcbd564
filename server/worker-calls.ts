import type { MessagePort, Worker } from 'node:worker_threads';

/** What a worker offers: functions by name. They run one after the other, in the order of the calls. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked where the functions are called
export type Calls = Record<string, (...args: any[]) => unknown>;

interface Request {
  id: number;
  name: string;
  args: unknown[];
}

interface Reply {
  id: number;
  value?: unknown;
  error?: { message: string; code?: string; stack?: string };
}

/** An error from the other side. `code` is SQLite's (`SQLITE_FULL`, `SQLITE_CONSTRAINT_UNIQUE` …) where it has one. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  readonly code: string | undefined;

  constructor(message: string, code?: string, stack?: string) {
    super(message);
    this.code = code;
    if (stack !== undefined) this.stack = stack;
  }
}

/** Calls the functions of one worker thread. When the thread dies, what waits and what comes later is rejected. */
export class WorkerCalls<C extends Calls> {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (cause: unknown) => void }
  >();
  #lastId = 0;
  #death: WorkerError | undefined;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (cause) => this.#die(cause instanceof Error ? cause.message : String(cause)));
    worker.on('exit', (code) => this.#die(`The worker thread ended with code ${code}.`));
  }

  get alive(): boolean {
    return this.#death === undefined;
  }

  /** @throws WorkerError what the function threw, or with code `WORKER_DIED` */
  call<K extends keyof C & string>(name: K, ...args: Parameters<C[K]>): Promise<Awaited<ReturnType<C[K]>>> {
    if (this.#death) return Promise.reject(this.#death);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, args } satisfies Request);
    });
  }

  /** Ends the thread at once; call a function that closes its files first. */
  async terminate(): Promise<void> {
    this.#die('The worker thread was closed.');
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.error) {
      waiting?.reject(new WorkerError(reply.error.message, reply.error.code, reply.error.stack));
    } else {
      waiting?.resolve(reply.value as never);
    }
  }

  #die(why: string): void {
    this.#death ??= new WorkerError(why, 'WORKER_DIED');
    for (const { reject } of this.#waiting.values()) reject(this.#death);
    this.#waiting.clear();
  }
}

/**
 * The worker's side: answers each call with what its function returns or throws.
 * @param open makes what is called; when it throws, the thread dies with that message
 */
export function answerCalls(port: MessagePort, open: () => Calls): void {
  const calls = opened(open);
  port.on('message', ({ id, name, args }: Request) => {
    const fail = (cause: unknown): void => {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const { code } = error as Error & { code?: unknown };
      port.postMessage({
        id,
        error: {
          message: error.message,
          ...(typeof code === 'string' && { code }),
          ...(error.stack !== undefined && { stack: error.stack }),
        },
      } satisfies Reply);
    };
    try {
      const value = calls[name]!(...args);
      if (value instanceof Promise) {
        value.then((settled: unknown) => port.postMessage({ id, value: settled } satisfies Reply), fail);
      } else {
        port.postMessage({ id, value } satisfies Reply);
      }
    } catch (cause) {
      fail(cause);
    }
  });
}

/** SQLite's errors lose their message on the way out of a dying thread; a plain one keeps it. */
function opened(open: () => Calls): Calls {
  try {
    return open();
  } catch (cause) {
    throw new Error((cause as Error).message);
  }
}
