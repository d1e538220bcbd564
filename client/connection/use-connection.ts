import { useSyncExternalStore } from 'react';
import { connection } from './connection.ts';
import type { ConnectionSnapshot } from './types.ts';

const subscribe = (listener: () => void): (() => void) => connection.subscribe(listener);
const snapshot = (): ConnectionSnapshot => connection.state;

/** State of the line: changes of state at once, figures in it at most once a second. */
export function useConnection(): ConnectionSnapshot {
  return useSyncExternalStore(subscribe, snapshot);
}

/** Whether nothing reaches the server now. A try to come back is not back yet; the first try of a page is no loss. */
export function isOffline({ state, attempt }: ConnectionSnapshot): boolean {
  return state === 'offline' || state === 'blocked' || (state === 'connecting' && attempt !== undefined);
}

/** For forms that can only be sent while the line is up. */
export function useOffline(): boolean {
  return useSyncExternalStore(subscribe, () => isOffline(connection.state));
}
