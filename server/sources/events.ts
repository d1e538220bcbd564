import type { Logger } from '../logger.ts';

export type EventLevel = 'info' | 'warning' | 'error';

type PublishAsServer = (channel: string, data: unknown) => Promise<unknown>;

/**
 * What happened, in the words of the people who watch: `system.events`. Every signed-in person reads it, so it names
 * neither secrets nor what only some may see.
 */
export class Events {
  readonly #publish: PublishAsServer;
  readonly #log: Logger;

  constructor(publish: PublishAsServer, log: Logger) {
    this.#publish = publish;
    this.#log = log;
  }

  tell(level: EventLevel, message: string): void {
    this.#publish('system.events', { level, message }).catch((err) => {
      this.#log.warn({ err }, 'an event could not be published');
    });
  }
}
