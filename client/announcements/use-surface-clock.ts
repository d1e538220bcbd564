import { useEffect, useState } from 'react';
import { serverNow } from '../live/clock.ts';
import { useAnnouncements } from './announcement-store.ts';
import { nextChangeAt } from './surfacing.ts';

/** Longest that a browser's timer can wait. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Now by the server's clock, renewed only when something surfaces or leaves by the clock alone. */
export function useSurfaceClock(): number {
  const entries = useAnnouncements((state) => state.entries);
  const [, tick] = useState(0);
  const now = serverNow();

  useEffect(() => {
    const at = nextChangeAt(entries, now);
    if (at === undefined) return;
    // A few ms later, so that the moment has surely passed.
    const timer = setTimeout(() => tick((n) => n + 1), Math.min(at - now + 5, TIMER_MAX_MS));
    return () => clearTimeout(timer);
  });

  return now;
}
