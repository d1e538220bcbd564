import { type RefObject, useEffect, useState } from 'react';
import type { Series } from '../../shared/domain/board.ts';
import { connection } from '../connection/connection.ts';
import { onTick, serverNow } from '../live/clock.ts';
import { openFeed } from '../live/feed.ts';
import { frames } from '../live/frames.ts';
import type { Feed, FeedOptions } from '../live/types.ts';
import { TileChrome } from './tile-chrome.ts';
import { addStandingTile, type TileLevel } from './tile-levels.ts';
import { LiveSeries } from './values/live-series.ts';
import { problemOf, type TileProblem } from './values/problem.ts';
import { type Freshness, freshness, lossMark } from './values/silence.ts';

/** Nobody reads figures faster. */
const TEXT_INTERVAL_MS = 250;

/** What a tile draws with, for as long as its inputs stay the same. */
export interface TileScene {
  root: HTMLElement;
  chrome: TileChrome;
  series: readonly LiveSeries[];
  /** One per channel, in the order of the series. */
  feeds: readonly Feed[];
  /** Something but the data changed. */
  invalidate(): void;
}

export interface TilePaint {
  /** @param now server clock (ms) */
  paint(now: number, fresh: Freshness): void;
  /** How it stands by its limits, read from the data: true also while nothing is painted. */
  level?(): TileLevel;
  destroy?(): void;
}

export interface TileInputs {
  series: readonly Series[];
  options: FeedOptions;
  /** Whether text at a pointer is a problem. */
  numeric: boolean;
  intervalMs?: number;
  /** Builds what draws. Called once the tile stands in the page, and anew when `key` changes. */
  setUp(scene: TileScene): TilePaint;
  /** Everything of the tile that `setUp` reads, as text. */
  key: string;
}

/**
 * Joins a tile to its channels and to the frame scheduler: data marks it dirty, a frame paints it, React is told
 * nothing. What React hears of is a problem that stands in the tile's place, which changes rarely.
 */
export function useTile(ref: RefObject<HTMLElement | null>, inputs: TileInputs): TileProblem | undefined {
  const [problem, setProblem] = useState<TileProblem>();
  const wanted = JSON.stringify([inputs.series, inputs.options]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the inputs are compared by what they say, not by identity
  useEffect(() => {
    const root = ref.current;
    if (root === null) return;
    const opened = new Map<string, ReturnType<typeof openFeed>>();
    for (const { channel } of inputs.series) {
      if (!opened.has(channel)) opened.set(channel, openFeed(channel, inputs.options));
    }
    const feeds = [...opened.values()].map(({ feed }) => feed);
    const windowMs = inputs.options.historyMs ?? Number.POSITIVE_INFINITY;
    // Declared before the series, which may mark it while they are made.
    let mark = (): void => {};
    const series = inputs.series.map(
      (one) => new LiveSeries(opened.get(one.channel)!.feed, one, windowMs, () => mark()),
    );
    const chrome = new TileChrome(root);
    let silent = false;
    const drawn = inputs.setUp({ root, chrome, series, feeds, invalidate: () => mark() });
    const handle = frames.add({
      element: root,
      minIntervalMs: inputs.intervalMs ?? TEXT_INTERVAL_MS,
      paint() {
        const now = serverNow();
        setProblem((before) => sameProblem(before, firstProblem(series, inputs.numeric)));
        const fresh = freshness(feeds, { lostAt: lostAt() }, now);
        // Silent, or cut off without a word? Who asks knows within seconds.
        if (fresh.staleness === 'stale' && !silent) connection.doubt();
        silent = fresh.staleness === 'stale';
        chrome.markLoss(lossMark(feeds, now));
        drawn.paint(now, fresh);
      },
    });
    mark = handle.mark;
    const forgetStanding = addStandingTile({
      title: root.ariaLabel ?? '',
      level() {
        const level = drawn.level?.() ?? 'fine';
        if (level !== 'fine') return level;
        const { staleness } = freshness(feeds, { lostAt: lostAt() }, serverNow());
        return staleness === 'stale' ? 'silent' : 'fine';
      },
    });
    const forgetTick = onTick(handle.freshen);
    const forgetLine = connection.subscribe(handle.freshen);
    mark();
    return () => {
      forgetStanding();
      forgetTick();
      forgetLine();
      handle.remove();
      drawn.destroy?.();
      for (const one of series) one.close();
      for (const one of opened.values()) one.close();
    };
  }, [wanted, inputs.key]);

  return problem;
}

/** When the line was lost, on the server's clock. */
export function lostAt(): number | undefined {
  const { lostAt: lost } = connection.state;
  return lost === undefined ? undefined : lost + connection.serverTimeOffsetMs;
}

/** A tile of one value has one problem; a tile of many goes on with those that work. */
function firstProblem(series: readonly LiveSeries[], numeric: boolean): TileProblem | undefined {
  const problems = series.map((one) => {
    const { channel, pointer } = one.series;
    const thinned = one.feed.buckets().length > 0;
    if (thinned && one.latest === undefined) return undefined;
    return problemOf({ channel, pointer, state: one.feed.state, latest: one.latest, numeric });
  });
  return problems.every((problem) => problem !== undefined) ? problems[0] : undefined;
}

function sameProblem(
  before: TileProblem | undefined,
  after: TileProblem | undefined,
): TileProblem | undefined {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
