import { AppError } from '../errors.ts';
import type { AppendItem } from './log.ts';

/** One commit holds at most so much, so that none takes long. */
const GROUP_MAX_ITEMS = 5_000;
const GROUP_MAX_BYTES = 8 * 1024 * 1024;
/** Waiting beyond this much means that the disk cannot follow: refuse instead of filling the memory. */
const QUEUE_MAX_BYTES = 64 * 1024 * 1024;
/** What has waited so long for its turn is refused: a producer must not hang on a disk that does. */
const QUEUE_MAX_MS = 2_000;

/**
 * Keeps the items of several calls at once, or rejects and has kept nothing. What it answers is called once for each
 * call, in order and in one go, so that what is numbered there is settled before anything else is numbered.
 */
type Commit<R> = (calls: readonly (readonly AppendItem[])[]) => Promise<(items: readonly AppendItem[]) => R>;

interface Append<R> {
  items: readonly AppendItem[];
  bytes: number;
  at: number;
  resolve: (results: R) => void;
  reject: (cause: unknown) => void;
}

interface Exclusive {
  run: () => Promise<void>;
}

/**
 * Lets appends that are made while a commit is under way share the next one. Calls settle in the order in which they
 * were made; what must not meet an append (`exclusive`) waits its turn in the same queue.
 */
export class GroupCommit<R> {
  readonly #commit: Commit<R>;
  #queue: (Append<R> | Exclusive)[] = [];
  #queuedBytes = 0;
  #running = false;
  #idle: (() => void)[] = [];

  constructor(commit: Commit<R>) {
    this.#commit = commit;
  }

  /** @throws AppError `overloaded` when too much waits or it waited too long; what `commit` throws */
  append(items: readonly AppendItem[]): Promise<R> {
    let bytes = 0;
    for (const item of items) bytes += item.data.length;
    if (this.#queuedBytes > 0 && this.#queuedBytes + bytes > QUEUE_MAX_BYTES) {
      return Promise.reject(
        new AppError('overloaded', { message: 'The disk cannot keep up; try again shortly.' }),
      );
    }
    return new Promise((resolve, reject) => {
      this.#queuedBytes += bytes;
      this.#enqueue({ items, bytes, at: performance.now(), resolve, reject });
    });
  }

  /** Runs when everything before it has settled; nothing after it begins until it has. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#enqueue({ run: () => work().then(resolve, reject) });
    });
  }

  /** Resolves when nothing waits and nothing is under way. */
  async settled(): Promise<void> {
    if (this.#running) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  #enqueue(entry: Append<R> | Exclusive): void {
    this.#queue.push(entry);
    if (!this.#running) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#running = true;
    const watch = setInterval(() => this.#refuseStale(), QUEUE_MAX_MS / 4);
    while (this.#queue.length > 0) {
      const first = this.#queue[0]!;
      if ('run' in first) {
        this.#queue.shift();
        await first.run();
      } else {
        await this.#commitGroup();
      }
    }
    clearInterval(watch);
    this.#running = false;
    for (const idle of this.#idle.splice(0)) idle();
  }

  async #commitGroup(): Promise<void> {
    const group = this.#takeGroup();
    try {
      const resultOf = await this.#commit(group.map((call) => call.items));
      for (const call of group) call.resolve(resultOf(call.items));
    } catch (cause) {
      for (const call of group) call.reject(cause);
    }
  }

  #takeGroup(): Append<R>[] {
    const group: Append<R>[] = [];
    let items = 0;
    let bytes = 0;
    for (const entry of this.#queue) {
      if ('run' in entry) break;
      items += entry.items.length;
      bytes += entry.bytes;
      if (group.length > 0 && (items > GROUP_MAX_ITEMS || bytes > GROUP_MAX_BYTES)) break;
      group.push(entry);
    }
    this.#queue.splice(0, group.length);
    for (const call of group) this.#queuedBytes -= call.bytes;
    return group;
  }

  #refuseStale(): void {
    const before = performance.now() - QUEUE_MAX_MS;
    this.#queue = this.#queue.filter((entry) => {
      if ('run' in entry || entry.at > before) return true;
      this.#queuedBytes -= entry.bytes;
      entry.reject(new AppError('overloaded', { message: 'The disk does not answer; try again shortly.' }));
      return false;
    });
  }
}
