/** Hidden for so long, somebody was away. */
const HIDDEN_MS = 2 * 60_000;
/** Shorter losses of the line are told by the pill and by the gaps themselves. */
const OFFLINE_MS = 60_000;

/** A time in which nobody looked, or nothing could be seen. */
export interface Absence {
  /** ms, the page's clock. */
  from: number;
  to: number;
  /** Nobody looked; otherwise the person sat before a page that was offline. */
  hidden: boolean;
  /** Whether the line was down in it. */
  offline: boolean;
}

/**
 * Finds out when a person comes back to a page that works. A page that is hidden and loses its line, or the other way
 * round, was away once.
 * @param began called at once when an absence begins, to note how things are
 * @param ended called when it is over and was long enough to tell of
 */
export class AwayWatch {
  readonly #began: () => void;
  readonly #ended: (absence: Absence) => void;
  #everLive = false;
  #from: number | undefined;
  #hidden = { since: undefined as number | undefined, ms: 0 };
  #offline = { since: undefined as number | undefined, ms: 0 };

  constructor(began: () => void, ended: (absence: Absence) => void) {
    this.#began = began;
    this.#ended = ended;
  }

  /** @param now ms, the page's clock */
  update({ visible, live }: { visible: boolean; live: boolean }, now: number): void {
    this.#everLive ||= live;
    if (!this.#everLive) return;
    if (this.#from === undefined) {
      if (visible && live) return;
      this.#from = now;
      this.#began();
    }
    run(this.#hidden, !visible, now);
    run(this.#offline, !live, now);
    if (visible && live) this.#end(this.#from, now);
  }

  #end(from: number, to: number): void {
    const hidden = this.#hidden.ms >= HIDDEN_MS;
    const offline = this.#offline.ms >= OFFLINE_MS;
    this.#from = undefined;
    this.#hidden.ms = 0;
    this.#offline.ms = 0;
    if (hidden || offline) this.#ended({ from, to, hidden, offline });
  }
}

function run(watch: { since: number | undefined; ms: number }, on: boolean, now: number): void {
  if (on) watch.since ??= now;
  else if (watch.since !== undefined) {
    watch.ms += now - watch.since;
    watch.since = undefined;
  }
}
