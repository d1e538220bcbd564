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

/** One outage is a gap of every channel, at almost the same time (ms). */
const SAME_MS = 2_000;

/** The gaps of all channels of a tile, one for each thing that happened, with what it cost in all. */
function together(feeds: readonly Feed[]): FeedGap[] {
  const found: FeedGap[] = [];
  for (const gap of feeds.flatMap((feed) => feed.gaps())) {
    const at = found.findIndex(
      ({ kind, cause, from }) =>
        kind === gap.kind && cause === gap.cause && Math.abs(from - gap.from) <= SAME_MS,
    );
    const same = found[at];
    if (same === undefined) found.push(gap);
    else found[at] = { ...same, to: Math.max(same.to, gap.to), count: same.count + gap.count };
  }
  return found;
}

/** Gaps as a chart draws them: what is missing is hatched, what was recovered is a tick; each says what it is. */
export function chartGaps(
  feeds: readonly Feed[],
  fresh: Pick<Freshness, 'silentSince'>,
  now: number,
): ChartGap[] {
  const gaps: ChartGap[] = together(feeds).map((gap) => ({
    from: gap.from,
    to: gap.to,
    kind: gap.kind === 'recovered' ? 'mend' : gap.kind === 'thinned' ? 'thin' : 'void',
    label: gapLabel(gap, now),
  }));
  if (fresh.silentSince !== undefined) {
    const label = `silent ${formatAge(now - fresh.silentSince)}`;
    gaps.push({ from: fresh.silentSince, to: Number.POSITIVE_INFINITY, kind: 'void', label });
  }
  return gaps;
}

/** A tile without an axis marks a loss for so long (ms) after it. */
const MARKED_MS = 15 * 60_000;

/**
 * The newest loss, for tiles that cannot draw it: `12 lost`, with `offline 80 s, 12 lost, until 14:02:11` for who asks.
 * Undefined where nothing was lost of late.
 */
export function lossMark(feeds: readonly Feed[], now: number): { text: string; title: string } | undefined {
  const lost = together(feeds).filter(
    ({ kind, to }) => kind !== 'offline' && kind !== 'recovered' && now - to < MARKED_MS,
  );
  const newest = lost.sort((a, b) => b.to - a.to)[0];
  if (newest === undefined) return undefined;
  const { kind, count, from, to } = newest;
  const text =
    kind === 'thinned' ? 'thinned' : count > 0 ? `${formatCount(count)} lost` : `gap ${formatAge(to - from)}`;
  return { text, title: `${gapLabel(newest, now)}, until ${formatClock(to)}` };
}

/** `offline 80 s, 12 lost`, `recovered 2 310 points`: what happened, and whose fault it is. */
function gapLabel({ from, to, kind, cause, count }: FeedGap, now: number): string {
  const length = formatAge(Math.min(to, now) - from);
  const lost = count > 0 ? `, ${formatCount(count)} lost` : '';
  switch (kind) {
    case 'recovered':
      return count > 0 ? `recovered ${formatCount(count)} points` : '';
    case 'thinned':
      return `slow line, ${formatCount(count)} left out`;
    case 'offline':
      return `offline ${length}`;
    case 'lost':
      if (cause === 'numbering') return 'the server began anew';
      if (cause === 'line') return `offline ${length}${lost}`;
      return lost === '' ? `server gap ${length}` : `server gap${lost}`;
  }
}
