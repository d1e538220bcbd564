import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Pause } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { formatClock, formatCount } from '../live/format.ts';
import { SeverityShape } from '../ui/Severity.tsx';
import styles from './LogTile.module.css';
import { TileFrame } from './TileFrame.tsx';
import { useLogFeeds } from './use-log-feeds.ts';
import type { LogLine } from './values/log-lines.ts';

const ROW_PX = 22;
/** Nearer to the end than this counts as at the end. */
const END_PX = ROW_PX;

/** Lines as they come. Follows the newest until somebody scrolls up; then nothing moves under the eyes. */
export function LogTile({ tile }: { tile: TileOf<'log'> }): ReactNode {
  const root = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { lines, rate, problem } = useLogFeeds(root, tile);
  const [pausedAt, setPausedAt] = useState<number>();
  const following = pausedAt === undefined;
  const newest = lines.at(-1)?.id ?? 0;

  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: useCallback((index: number) => lines[index]?.id ?? index, [lines]),
    overscan: 12,
    // What is read stays where it is while old lines are cut off above it.
    anchorTo: 'end',
    scrollEndThreshold: END_PX,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs whenever a line came
  useLayoutEffect(() => {
    if (following) rows.scrollToEnd();
  }, [following, newest, rows]);

  const onScroll = (): void => {
    const box = scroller.current;
    if (box === null) return;
    const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight <= END_PX;
    if (atEnd && !following) setPausedAt(undefined);
  };
  // Only a person pauses: scrolling that follows from new lines must not.
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const leave = (event: Event): void => {
      const up =
        event instanceof WheelEvent
          ? event.deltaY < 0
          : event instanceof KeyboardEvent
            ? /^(ArrowUp|PageUp|Home)$/.test(event.key)
            : true;
      if (up && box.scrollHeight > box.clientHeight) setPausedAt((before) => before ?? newestId(box));
    };
    const events = ['wheel', 'keydown', 'touchmove'] as const;
    for (const name of events) box.addEventListener(name, leave, { passive: true });
    return () => {
      for (const name of events) box.removeEventListener(name, leave);
    };
  }, []);

  const waiting = pausedAt === undefined ? 0 : lines.filter((line) => line.id > pausedAt).length;
  const many = tile.channels.length > 1;
  const height = rows.getTotalSize();
  return (
    <TileFrame
      tile={tile}
      ref={root}
      problem={problem}
      tools={
        <button
          type="button"
          className={styles.follow}
          aria-pressed={following}
          onClick={() => setPausedAt(following ? newest : undefined)}
        >
          {following ? <ArrowDownToLine aria-hidden /> : <Pause aria-hidden />}
          {following ? `following${rateText(rate)}` : `paused, ${formatCount(waiting)} new`}
        </button>
      }
    >
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={`${tile.title}, lines`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
        tabIndex={0}
        data-newest={newest}
        onScroll={onScroll}
      >
        <div className={styles.lines} style={{ height }}>
          {rows.getVirtualItems().map((row) => {
            const line = lines[row.index];
            if (line === undefined) return null;
            return <Line key={row.key} line={line} above={height - row.end} many={many} />;
          })}
        </div>
      </div>
    </TileFrame>
  );
}

interface LineProps {
  line: LogLine;
  /** How far above the end it stands, in px. */
  above: number;
  many: boolean;
}

function Line({ line, above, many }: LineProps): ReactNode {
  const style = { transform: `translateY(${-above}px)` };
  if (line.kind === 'gap') {
    return (
      <p className={styles.gap} style={style}>
        {line.text}
      </p>
    );
  }
  return (
    <p className={styles.line} style={style} data-level={line.level} data-many={many} title={line.text}>
      <time dateTime={new Date(line.time).toISOString()}>{formatClock(line.time)}</time>
      {many && <span className={styles.source}>{line.source}</span>}
      <span className={styles.level}>
        {line.level !== 'info' && (
          <>
            <SeverityShape severity={line.level} />
            <span className="visually-hidden">{line.level}</span>
          </>
        )}
      </span>
      <span className={styles.text}>{line.text}</span>
    </p>
  );
}

function newestId(box: HTMLElement): number {
  return Number(box.dataset.newest ?? 0);
}

/** `, 4 a second`, `, 12 a minute`; nothing while nothing comes. */
function rateText(perSecond: number): string {
  if (perSecond <= 0) return '';
  if (perSecond >= 1) return `, ${formatCount(perSecond)} a second`;
  return `, ${formatCount(Math.max(1, perSecond * 60))} a minute`;
}
