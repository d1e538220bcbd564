import type { Severity } from '../../../shared/domain/announcement.ts';
import { type Entries, inForce } from '../../announcements/announcement-state.ts';
import { type Arrival, arrivalOf } from '../../announcements/arrivals.ts';
import type { Feed } from '../../live/types.ts';
import { levelRank, type TileLevel } from '../../tiles/tile-levels.ts';
import type { Absence } from './away-watch.ts';

/** How things were when an absence began. */
export interface Before {
  entries: Entries;
  /** By identity of the tile. */
  tiles: ReadonlyMap<object, TileLevel>;
  /** Newest offset of each open channel. */
  heads: ReadonlyMap<string, number>;
}

/** How they are now. */
export interface After {
  entries: Entries;
  tiles: ReadonlyMap<object, { title: string; level: TileLevel }>;
  feeds: readonly Feed[];
  /** Server clock minus the page's, ms. */
  clockOffsetMs: number;
}

export interface AwayDigest {
  absence: Absence;
  announcements: { id: string; kind: Arrival['kind'] | 'over'; severity: Severity; title: string }[];
  /** Tiles that are worse than they were. */
  worse: { title: string; level: Exclude<TileLevel, 'fine'> }[];
  /** What could not be made good, the longest first. */
  gaps: { channel: string; ms: number; count: number }[];
  /** Publications that were made meanwhile and are here now. */
  updates: number;
}

/** Gaps begin when the line was last heard, which is before anybody knew. */
const EARLIER_MS = 60_000;

/**
 * What a person should know who comes back: the net difference, so that what came and went meanwhile is not told.
 * @returns undefined where there is nothing to say to somebody whose page went on all the time
 */
export function awayDigest(absence: Absence, before: Before, after: After): AwayDigest | undefined {
  const since = absence.from + after.clockOffsetMs - EARLIER_MS;
  const digest: AwayDigest = {
    absence,
    announcements: newsBetween(before.entries, after.entries),
    worse: worsened(before.tiles, after.tiles),
    gaps: [],
    updates: 0,
  };
  for (const feed of after.feeds) {
    const lost = feed.gaps().filter((gap) => gap.kind === 'lost' && gap.from >= since);
    const count = lost.reduce((sum, gap) => sum + gap.count, 0);
    const ms = lost.reduce((sum, gap) => sum + gap.to - gap.from, 0);
    if (lost.length > 0) digest.gaps.push({ channel: feed.channel, ms, count });
    digest.updates += madeMeanwhile(feed, before.heads.get(feed.channel), since) - count;
  }
  digest.updates = Math.max(0, digest.updates);
  digest.gaps.sort((a, b) => b.ms - a.ms);
  const quiet = digest.announcements.length + digest.worse.length + digest.gaps.length === 0;
  return quiet && !absence.offline ? undefined : digest;
}

/** By offsets where they are known; a window that came thinned says how many it made good. */
function madeMeanwhile(feed: Feed, head: number | undefined, since: number): number {
  const { last } = feed;
  if (head !== undefined && last !== undefined) return Math.max(0, last.offset - head);
  return feed
    .gaps()
    .filter((gap) => gap.kind === 'recovered' && gap.from >= since)
    .reduce((sum, gap) => sum + gap.count, 0);
}

function newsBetween(before: Entries, after: Entries): AwayDigest['announcements'] {
  const found: AwayDigest['announcements'] = [];
  for (const [id, entry] of Object.entries(after)) {
    const arrival = arrivalOf(before[id], entry);
    const { severity, title } = entry.announcement;
    if (arrival !== undefined) found.push({ id, kind: arrival.kind, severity, title });
  }
  for (const [id, { announcement }] of Object.entries(before)) {
    const now = after[id]?.announcement;
    const { severity, title } = announcement;
    const told = found.some((one) => one.id === id);
    if (inForce(announcement) && !told && (now === undefined || !inForce(now)))
      found.push({ id, kind: 'over', severity, title });
  }
  return found;
}

function worsened(before: Before['tiles'], after: After['tiles']): AwayDigest['worse'] {
  const found: AwayDigest['worse'] = [];
  for (const [tile, { title, level }] of after) {
    const was = before.get(tile);
    if (was !== undefined && level !== 'fine' && levelRank(level) > levelRank(was))
      found.push({ title, level });
  }
  return found.sort((a, b) => levelRank(b.level) - levelRank(a.level));
}
