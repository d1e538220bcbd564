/** So many can be taken back in a second after a restart, so that they do not all come at once. */
const RECONNECTS_PER_SECOND = 500;
const SPREAD_MAX_MS = 30_000;
const LOOK_EVERY_MS = 1_000;
/** A smaller change than this, or than this share of what was told, is not worth a message to everybody. */
const STEP_MS = 500;
const STEP_SHARE = 0.2;

/**
 * Over how long the clients of this node should come back when it is gone. A crash leaves no time to say so, so each
 * is told with its welcome, and all are told again when there are many more or fewer of them than there were then.
 */
export class ReconnectSpread {
  readonly #clients: () => number;
  readonly #timer: NodeJS.Timeout;
  #toldMs = 0;

  /**
   * @param clients how many are connected
   * @param tell sends the present spread (ms) to all of them
   */
  constructor(clients: () => number, tell: (spreadMs: number) => void) {
    this.#clients = clients;
    this.#timer = setInterval(() => {
      const { ms } = this;
      if (Math.abs(ms - this.#toldMs) < Math.max(STEP_MS, this.#toldMs * STEP_SHARE)) return;
      this.#toldMs = ms;
      tell(ms);
    }, LOOK_EVERY_MS);
    this.#timer.unref();
  }

  get ms(): number {
    return Math.min(SPREAD_MAX_MS, Math.ceil((this.#clients() / RECONNECTS_PER_SECOND) * 1_000));
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
