/** A clock that was set, or a process that slept, is noticed after this time at the latest (ms). */
const LOOK_EVERY_MS = 30_000;
/** After a failure of the database (ms). */
const RETRY_MS = 1_000;

interface SchedulerDeps {
  clock: () => number;
  /** Does everything that is due, and says when the next thing will be (ms since 1970; undefined: nothing planned). */
  runDue(): Promise<number | undefined>;
  failed(cause: unknown): void;
}

/** Calls when something is due. What is due stands in the database, so that a restart forgets nothing. */
export class Scheduler {
  readonly #deps: SchedulerDeps;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = true;

  constructor(deps: SchedulerDeps) {
    this.#deps = deps;
  }

  /** Catches up with what became due while nothing ran. */
  async start(): Promise<void> {
    this.#stopped = false;
    await this.wake();
  }

  /** Looks now: plans have changed. Resolves when what was due is done. */
  wake(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#again = true;
    this.#running ??= this.#run();
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer);
    let waitMs = LOOK_EVERY_MS;
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        const next = await this.#deps.runDue();
        waitMs = next === undefined ? LOOK_EVERY_MS : Math.max(0, next - this.#deps.clock());
      } catch (cause) {
        this.#deps.failed(cause);
        waitMs = RETRY_MS;
      }
    }
    this.#running = undefined;
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.wake(), Math.min(waitMs, LOOK_EVERY_MS)).unref();
  }
}
