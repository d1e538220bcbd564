/** One tab of a browser makes the sounds and shows the notifications; it holds this lock while it does. */
const LOCK = 'callboard.attention';

/** The tab that was looked at last speaks: it is the one that people have touched, and the last to leave the server. */
export class Leadership {
  readonly #locks: LockManager;
  #leading = false;
  #queued = false;

  constructor(locks: LockManager) {
    this.#locks = locks;
  }

  get leading(): boolean {
    return this.#leading;
  }

  /** Stands in line, behind whoever speaks now. */
  queue(): void {
    if (this.#queued || this.#leading) return;
    this.#queued = true;
    this.#request({}, () => {
      this.#queued = false;
    });
  }

  /** Somebody looks at this tab: it speaks from now on. */
  take(): void {
    if (!this.#leading) this.#request({ steal: true }, () => {});
  }

  #request(options: LockOptions, granted: () => void): void {
    this.#locks
      .request(LOCK, options, () => {
        granted();
        this.#leading = true;
        return new Promise<never>(() => {});
      })
      .catch(() => {
        // Another tab has taken it.
        this.#leading = false;
        this.queue();
      });
  }
}
