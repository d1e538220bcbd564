import type { Threshold } from '../../shared/domain/board.ts';
import type { LiveSeries } from './values/live-series.ts';
import { breachOf } from './values/thresholds.ts';

/** How a tile stands, the worst of its values: its limits, and whether its source speaks at all. */
export type TileLevel = 'fine' | 'silent' | 'warning' | 'critical';

const RANK: Record<TileLevel, number> = { fine: 0, silent: 1, warning: 2, critical: 3 };

export function levelRank(level: TileLevel): number {
  return RANK[level];
}

export interface StandingTile {
  readonly title: string;
  /** Read from the data, so it is true also while nothing is painted. */
  level(): TileLevel;
}

const standing = new Set<StandingTile>();

/** @returns takes it off again */
export function addStandingTile(tile: StandingTile): () => void {
  standing.add(tile);
  return () => standing.delete(tile);
}

/** The tiles of this page that have a level. */
export function standingTiles(): ReadonlySet<StandingTile> {
  return standing;
}

/** The most severe limit that any of the values has passed. */
export function levelOf(series: readonly LiveSeries[], thresholds: readonly Threshold[]): TileLevel {
  let found: TileLevel = 'fine';
  for (const { last } of series) {
    const severity = breachOf(last?.value, thresholds)?.severity;
    if (severity !== undefined && RANK[severity] > RANK[found]) found = severity;
  }
  return found;
}
