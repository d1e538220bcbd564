import type { ChartGap } from '../../charts/draw-gaps.ts';
import { formatAge, formatClock, formatCount } from '../../live/format.ts';
import { type Staleness, staleness } from '../../live/staleness.ts';
import type { Feed, FeedGap } from '../../live/types.ts';

/** How old a tile's data is, and whose fault that is. */
export interface Freshness {
  staleness: Staleness;
  /** `2 s`, `3 min 12 s`; `as of 14:02:11` while we are offline; empty before the first value. */
  age: string;
  /** `Source silent, last at 14:19:04`; empty unless the source fell silent while we were listening. */
  silent: string;
  /** The same for a narrow tile: `Silent since 14:19:04`. */
  silentShort: string;
  /** Since when nothing came (ms); only where the source is silent. */
  silentSince?: number;
}

export interface LineState {
  /** When the line was lost (ms, server clock); undefined while it stands. */
  lostAt: number | undefined;
}

const HEARD = { silent: '', silentShort: '' };

/**
 * The freshness of a tile: that of the stalest of its channels, because a tile is as true as its oldest part.
 * The three causes stay apart: our own line, a silent source, and a gap that the server announced (see `chartGaps`).
 * @param now server clock (ms)
 */
export function freshness(feeds: readonly Feed[], line: LineState, now: number): Freshness {
  // What was silent before we lost the line is still the source's fault.
  const heardUntil = Math.min(now, line.lostAt ?? now);
  let stalest: { level: Staleness; last: number } | undefined;
  for (const { state } of feeds) {
    const level = staleness({ ...state, now: heardUntil, offline: false });
    const last = state.lastReceivedAt;
    if (last === undefined) continue;
    const worse = stalest === undefined || rank(level) > rank(stalest.level);
    if (worse || (rank(level) === rank(stalest!.level) && last > stalest!.last)) stalest = { level, last };
  }
  if (stalest === undefined) return { staleness: 'none', age: '', ...HEARD };
  const { level, last } = stalest;
  const offline = line.lostAt !== undefined;
  const age = offline ? `as of ${formatClock(heardUntil)}` : formatAge(now - last);
  if (level !== 'stale') return { staleness: offline ? 'unknown' : level, age, ...HEARD };
  return {
    staleness: 'stale',
    age,
    silent: `Source silent, last at ${formatClock(last)}`,
    silentShort: `Silent since ${formatClock(last)}`,
    silentSince: last,
  };
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
