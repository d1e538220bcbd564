import { useSyncExternalStore } from 'react';
import { connection } from '../connection/connection.ts';

/** Now on the server's clock (ms): the axis of all data and ages. */
export function serverNow(): number {
  return connection.now() + connection.serverTimeOffsetMs;
}

const TICK_MS = 1_000;

/** One timer for every age and countdown on the page; stands still while nobody looks. */
class Ticker {
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = serverNow();

  get now(): number {
    // Without a timer nobody else keeps it fresh; a second of grace keeps it the same within one render.
    if (this.#timer === undefined && serverNow() - this.#now >= TICK_MS) this.#now = serverNow();
    return this.#now;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) this.#run();
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#rest();
    };
  };

  #run(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.#onVisibility();
  }

  #rest(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  readonly #onVisibility = (): void => {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (document.visibilityState === 'hidden') return;
    this.#timer = setInterval(this.#tick, TICK_MS);
    this.#tick();
  };

  readonly #tick = (): void => {
    this.#now = serverNow();
    for (const listener of this.#listeners) listener();
  };
}

const ticker = new Ticker();

/** Calls back every second while the page is seen, for ages that are written past React. */
export const onTick = ticker.subscribe;

/**
 * The server's time as React state, renewed while the page is seen.
 * @param everyMs how often it may change: 1,000 or more
 */
export function useNow(everyMs = TICK_MS): number {
  return useSyncExternalStore(ticker.subscribe, () =>
    everyMs <= TICK_MS ? ticker.now : Math.floor(ticker.now / everyMs) * everyMs,
  );
}
