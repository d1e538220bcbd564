import { useSyncExternalStore } from 'react';
import { connection } from './connection.ts';
import type { ConnectionSnapshot } from './types.ts';

const subscribe = (listener: () => void): (() => void) => connection.subscribe(listener);
const snapshot = (): ConnectionSnapshot => connection.state;

/** State of the line: changes of state at once, figures in it at most once a second. */
export function useConnection(): ConnectionSnapshot {
  return useSyncExternalStore(subscribe, snapshot);
}
