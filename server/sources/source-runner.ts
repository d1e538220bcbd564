import type { Logger } from '../logger.ts';

export interface Source {
  channel: string;
  /** The next datum; undefined: none now. */
  read(): Promise<unknown> | unknown;
}

const EVERY_MS = 1_000;

/**
 * Publishes what the built-in sources measure, once a second. A turn that is still running is not overtaken, and a fault
 * is logged once until it has gone: it must not fill the log every second.
 */
export class SourceRunner {
  readonly #publish: (channel: string, data: unknown) => Promise<unknown>;
  readonly #sources: readonly Source[];
  readonly #log: Logger;
  readonly #failing = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;

  constructor(
    sources: readonly Source[],
    publish: (channel: string, data: unknown) => Promise<unknown>,
    log: Logger,
  ) {
    this.#sources = sources;
    this.#publish = publish;
    this.#log = log;
  }

  start(): void {
    const turn = (): void => {
      this.#turn ??= this.#run().finally(() => {
        this.#turn = undefined;
      });
    };
    this.#timer = setInterval(turn, EVERY_MS);
    turn();
  }

  /** Resolves when the last turn has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#turn;
  }

  async #run(): Promise<void> {
    await Promise.all(this.#sources.map((source) => this.#publishOne(source)));
  }

  async #publishOne({ channel, read }: Source): Promise<void> {
    try {
      const data = await read();
      if (data !== undefined) await this.#publish(channel, data);
      this.#failing.delete(channel);
    } catch (err) {
      if (this.#failing.has(channel)) return;
      this.#failing.add(channel);
      this.#log.warn({ err, channel }, 'a built-in source fails');
    }
  }
}
