import type { ChartGap } from '../../charts/draw-gaps.ts';
import { formatAge, formatClock, formatCount } from '../../live/format.ts';
import { type Staleness, staleness } from '../../live/staleness.ts';
import type { Feed, FeedGap } from '../../live/types.ts';

/** How old a tile's data is, and whose fault that is. */
export interface Freshness {
  staleness: Staleness;
  /** `2 s`, `3 min 12 s`; `as of 14:02:11` while we are offline; empty before the first value. */
  age: string;
  /** `Source silent, last at 14:19:04`; only where the line is fine and the source is not. */
  silent: string;
  /** Since when nothing came (ms); only where the source is silent. */
  silentSince?: number;
}

export interface LineState {
  /** When the line was lost (ms, server clock); undefined while it stands. */
  lostAt: number | undefined;
}

/**
 * The freshness of a tile: that of the stalest of its channels, because a tile is as true as its oldest part.
 * The three causes stay apart: our own line, a silent source, and a gap that the server announced (see `chartGaps`).
 * @param now server clock (ms)
 */
export function freshness(feeds: readonly Feed[], line: LineState, now: number): Freshness {
  let stalest: { level: Staleness; last: number } | undefined;
  for (const { state } of feeds) {
    const level = staleness({ ...state, now, offline: line.lostAt !== undefined });
    const last = state.lastReceivedAt;
    if (last === undefined) continue;
    const worse = stalest === undefined || rank(level) > rank(stalest.level);
    if (worse || (rank(level) === rank(stalest!.level) && last > stalest!.last)) stalest = { level, last };
  }
  if (stalest === undefined) return { staleness: 'none', age: '', silent: '' };
  if (line.lostAt !== undefined) {
    return { staleness: 'unknown', age: `as of ${formatClock(Math.min(line.lostAt, now))}`, silent: '' };
  }
  const { level, last } = stalest;
  const age = formatAge(now - last);
  if (level !== 'stale') return { staleness: level, age, silent: '' };
  return { staleness: level, age, silent: `Source silent, last at ${formatClock(last)}`, silentSince: last };
}

function rank(level: Staleness): number {
  return ['none', 'fresh', 'late', 'stale', 'unknown'].indexOf(level);
}

/** Gaps as a chart draws them: what is missing is hatched, what was recovered is a tick; each says what it is. */
export function chartGaps(feeds: readonly Feed[], fresh: Freshness, now: number): ChartGap[] {
  const gaps: ChartGap[] = [];
  const seen = new Set<string>();
  for (const feed of feeds) {
    for (const gap of feed.gaps()) {
      // One outage is a gap of every channel, at almost the same time; it is drawn once.
      const key = `${gap.kind} ${Math.round(gap.from / 2_000)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      gaps.push(asChartGap(gap, now));
    }
  }
  if (fresh.silentSince !== undefined) {
    const label = `silent ${formatAge(now - fresh.silentSince)}`;
    gaps.push({ from: fresh.silentSince, to: Number.POSITIVE_INFINITY, kind: 'void', label });
  }
  return gaps;
}

function asChartGap({ from, to, kind, count }: FeedGap, now: number): ChartGap {
  const length = formatAge(Math.min(to, now) - from);
  if (kind === 'recovered') {
    return { from, to, kind: 'mend', label: count > 0 ? `recovered ${formatCount(count)} points` : '' };
  }
  if (kind === 'offline') return { from, to, kind: 'void', label: `offline ${length}` };
  return {
    from,
    to,
    kind: 'void',
    label: count > 0 ? `server gap, ${formatCount(count)} lost` : `server gap ${length}`,
  };
}
