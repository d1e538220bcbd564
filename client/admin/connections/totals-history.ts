import type { ConnectionsReply } from '../../../shared/api/connections.ts';

export type Totals = ConnectionsReply['totals'];

export interface TotalsAt extends Totals {
  time: number;
}

/** How far back the small curves reach. */
export const HISTORY_MS = 10 * 60_000;

/** The history with a reading added; readings that equal both neighbours are left out, as a staircase needs only its edges. */
export function addTotals(history: readonly TotalsAt[], totals: Totals, time: number): TotalsAt[] {
  const kept = history.filter(
    (one, index) => time - one.time <= HISTORY_MS || isLastBefore(history, index, time),
  );
  const last = kept.at(-1);
  const before = kept.at(-2);
  const same = (a: Totals | undefined): boolean =>
    a !== undefined &&
    a.people === totals.people &&
    a.browsers === totals.browsers &&
    a.walls === totals.walls &&
    a.programs === totals.programs &&
    a.slow === totals.slow;
  const trimmed = same(last) && same(before) ? kept.slice(0, -1) : kept;
  return [...trimmed, { ...totals, time }];
}

/** The newest reading older than the window: it says at which height the curve enters it. */
function isLastBefore(history: readonly TotalsAt[], index: number, time: number): boolean {
  const next = history[index + 1];
  return next === undefined || time - next.time <= HISTORY_MS;
}
