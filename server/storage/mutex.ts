/** One holder at a time, first come, first served. */
export class Mutex {
  #held = false;
  readonly #queue: (() => void)[] = [];

  /** @throws what `refuse` makes, when the holder does not let go within `timeoutMs` */
  async lock(timeoutMs: number, refuse: () => Error): Promise<void> {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#queue.splice(this.#queue.indexOf(enter), 1);
        reject(refuse());
      }, timeoutMs);
      this.#queue.push(enter);
    });
  }

  unlock(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#held = false;
  }
}
