import type { Bus, BusEvents } from './bus.ts';

/** The bus of a single node: calls the listeners at once, in the order in which they came. */
export class LocalBus implements Bus {
  readonly #listeners = new Map<keyof BusEvents, Set<(event: never) => void>>();

  publish<K extends keyof BusEvents>(kind: K, event: BusEvents[K]): void {
    for (const listener of this.#listeners.get(kind) ?? [])
      (listener as (event: BusEvents[K]) => void)(event);
  }

  on<K extends keyof BusEvents>(kind: K, listener: (event: BusEvents[K]) => void): () => void {
    let set = this.#listeners.get(kind);
    if (!set) {
      set = new Set();
      this.#listeners.set(kind, set);
    }
    set.add(listener);
    return () => set.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
