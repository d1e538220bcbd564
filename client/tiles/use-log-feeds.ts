import { type RefObject, useEffect, useState } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { connection } from '../connection/connection.ts';
import { onTick, serverNow } from '../live/clock.ts';
import { openFeed } from '../live/feed.ts';
import { frames } from '../live/frames.ts';
import { TileChrome } from './tile-chrome.ts';
import { lostAt } from './use-tile.ts';
import { newest } from './values/board-window.ts';
import { type LogLine, LogLines } from './values/log-lines.ts';
import { problemOf, type TileProblem } from './values/problem.ts';
import { freshness } from './values/silence.ts';

const INTERVAL_MS = 250;
/** What is asked for at the start; more is kept as it comes. */
const FIRST_LINES = 500;

export interface LogView {
  lines: readonly LogLine[];
  /** Lines a second. */
  rate: number;
  problem: TileProblem | undefined;
}

const EMPTY: LogView = { lines: [], rate: 0, problem: undefined };

/** The lines of a log tile as React state, renewed at most four times a second however fast they come. */
export function useLogFeeds(ref: RefObject<HTMLElement | null>, tile: TileOf<'log'>): LogView {
  const [view, setView] = useState(EMPTY);
  const key = JSON.stringify([tile.channels, tile.pointer, tile.levelPointer]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the tile is compared by what it says
  useEffect(() => {
    const root = ref.current;
    if (root === null) return;
    const { pointer, levelPointer } = tile;
    const chrome = new TileChrome(root);
    const log = new LogLines(tile.channels, { pointer, levelPointer });
    const opened = [...new Set(tile.channels)].map((channel) => openFeed(channel, newest(FIRST_LINES)));
    const feeds = opened.map((one) => one.feed);
    const handle = frames.add({
      element: root,
      minIntervalMs: INTERVAL_MS,
      paint() {
        const now = serverNow();
        // Silence of a log is no fault: it speaks when something happens.
        const fresh = freshness(feeds, { lostAt: lostAt() }, now);
        chrome.update(fresh.staleness === 'unknown' ? fresh : { ...fresh, staleness: 'fresh' });
        const problems = feeds.map((feed) =>
          problemOf({
            channel: feed.channel,
            pointer: '',
            state: feed.state,
            latest: latestOf(log),
            numeric: false,
          }),
        );
        const problem = problems.every((one) => one !== undefined) ? problems[0] : undefined;
        setView((before) => {
          const next = { lines: log.lines(), rate: log.rate(now), problem };
          const same = before.lines === next.lines && before.rate === next.rate;
          return same && JSON.stringify(before.problem) === JSON.stringify(problem) ? before : next;
        });
      },
    });
    const forget = feeds.map((feed) =>
      feed.listen({
        point(point) {
          log.push(feed, point);
          handle.mark();
        },
        reset() {
          log.reload(feeds);
          handle.mark();
        },
        change() {
          log.noteGaps(feed);
          handle.mark();
        },
      }),
    );
    log.reload(feeds);
    const forgetTick = onTick(handle.freshen);
    const forgetLine = connection.subscribe(handle.freshen);
    handle.mark();
    return () => {
      for (const one of [forgetTick, forgetLine, ...forget]) one();
      handle.remove();
      for (const one of opened) one.close();
    };
  }, [key]);

  return view;
}

function latestOf(log: LogLines): { time: number; value: unknown } | undefined {
  const { last } = log;
  return last && { time: last.time, value: last.text };
}
