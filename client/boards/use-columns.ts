import { useSyncExternalStore } from 'react';
import type { ColumnCount } from './layout.ts';

const PHONE = '(max-width: 600px)';
const TABLET = '(max-width: 1000px)';

function subscribe(listener: () => void): () => void {
  const queries = [matchMedia(PHONE), matchMedia(TABLET)];
  for (const query of queries) query.addEventListener('change', listener);
  return () => {
    for (const query of queries) query.removeEventListener('change', listener);
  };
}

/** How many columns this screen has room for. */
export function useColumns(): ColumnCount {
  return useSyncExternalStore(subscribe, () =>
    matchMedia(PHONE).matches ? 2 : matchMedia(TABLET).matches ? 12 : 24,
  );
}
