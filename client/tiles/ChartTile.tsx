import { type ReactNode, useId, useMemo, useRef, useState } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { describeChart, factsOf } from '../charts/chart-table.ts';
import { KeyboardCursor } from '../charts/keyboard-cursor.ts';
import { LineChart } from '../charts/line-chart.ts';
import { serverNow } from '../live/clock.ts';
import { useBoardContext } from './board-context.ts';
import { ChartTable } from './ChartTable.tsx';
import styles from './ChartTile.module.css';
import { TileFrame } from './TileFrame.tsx';
import { levelOf } from './tile-levels.ts';
import { useTile } from './use-tile.ts';
import { historyFor } from './values/board-window.ts';
import { chartFormat, seriesNames } from './values/scale-format.ts';
import { chartGaps } from './values/silence.ts';
import { breachOf } from './values/thresholds.ts';

/** The window glides ten times a second at most; slower where that would be less than a quarter of a pixel. */
const GLIDE_MS = 100;
const GLIDE_SLOWEST_MS = 1_000;
/** The spoken name is renewed so often; it is read when somebody comes to the chart, not while it changes. */
const DESCRIBE_EVERY_MS = 5_000;

/** Lines over time, with the same cursor and the same span as all charts of the board. */
export function ChartTile({ tile }: { tile: TileOf<'chart'> }): ReactNode {
  const { windowMs, windowWords, charts } = useBoardContext();
  const root = useRef<HTMLElement>(null);
  const chart = useRef<LineChart>(undefined);
  const [table, setTable] = useState(false);
  const helpId = useId();
  const { series, thresholds = [], unit, style, decimals, kind = 'lines', min, max, title } = tile;
  const format = useMemo(() => chartFormat({ unit, style, decimals }), [unit, style, decimals]);
  const names = seriesNames(series);
  const endNames = series.length === 1 && series[0]!.label === undefined ? [''] : names;

  const problem = useTile(root, {
    series,
    options: historyFor(windowMs),
    numeric: true,
    intervalMs: GLIDE_MS,
    key: JSON.stringify([thresholds, unit, style, decimals, kind, min, max, title]),
    setUp({ root: element, chrome, series: lines, feeds, invalidate }) {
      const host = element.querySelector<HTMLElement>('[data-chart]')!;
      const spoken = element.querySelector<HTMLElement>('[data-spoken]')!;
      const drawn = new LineChart(host, {
        kind,
        names: endNames,
        limits: thresholds,
        base: format.base,
        min,
        max,
        ...(format.minStep !== undefined && { minStep: format.minStep }),
        format: format.value,
        formatTick: format.tick,
        group: charts,
        now: serverNow,
        invalidate,
      });
      chart.current = drawn;
      const keys = new KeyboardCursor(host, drawn, {
        names,
        hold: () => charts.hold(drawn, serverNow()),
        release: () => charts.release(drawn),
        reset: () => charts.zoom(),
        toggleTable: () => setTable((shown) => !shown),
        speak: (text) => {
          spoken.textContent = text;
        },
      });
      const forgetGroup = charts.listen(invalidate);
      const glideMs = glide(windowMs, element.clientWidth);
      let gliding: ReturnType<typeof setTimeout> | undefined;
      let describedAt = 0;
      return {
        paint(now, fresh) {
          const views = lines.map((line) => line.view());
          for (const view of views) charts.reaches(view.times[0]);
          chrome.update(
            fresh,
            breachOf(
              worstValue(
                lines.map((line) => line.last?.value),
                thresholds,
              ),
              thresholds,
            ),
          );
          drawn.paint({ range: charts.range(now, windowMs), views, gaps: chartGaps(feeds, fresh, now) });
          if (now - describedAt > DESCRIBE_EVERY_MS) {
            describedAt = now;
            const facts = factsOf(drawn.frame!, endNames);
            host.ariaLabel = describeChart(title, windowWords, facts, (value) => drawn.say(value));
          }
          clearTimeout(gliding);
          if (!charts.still) gliding = setTimeout(invalidate, glideMs);
        },
        level: () => levelOf(lines, thresholds),
        destroy() {
          clearTimeout(gliding);
          forgetGroup();
          keys.remove();
          drawn.destroy();
        },
      };
    },
  });

  return (
    <TileFrame tile={tile} ref={root} small={format.title} problem={problem}>
      <div
        className={styles.chart}
        data-chart
        role="application"
        aria-roledescription="chart"
        aria-describedby={helpId}
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move its cursor
        tabIndex={0}
        hidden={table}
      />
      {table && chart.current !== undefined && (
        <ChartTable title={title} names={names} chart={chart.current} />
      )}
      {table && (
        <button type="button" className={styles.back} onClick={() => setTable(false)}>
          Show the chart
        </button>
      )}
      <span id={helpId} className="visually-hidden">
        Left and right arrows move a cursor, 0 resets the zoom, T shows the values as a table.
      </span>
      <span className="visually-hidden" role="status" data-spoken />
    </TileFrame>
  );
}

function glide(windowMs: number, width: number): number {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return GLIDE_SLOWEST_MS;
  return Math.min(GLIDE_SLOWEST_MS, Math.max(GLIDE_MS, windowMs / Math.max(1, width) / 4));
}

/** Of several lines the one whose limit is passed most severely speaks for the tile. */
function worstValue(
  values: readonly (number | undefined)[],
  thresholds: NonNullable<TileOf<'chart'>['thresholds']>,
): number | undefined {
  const breaching = values.filter((value) => breachOf(value, thresholds) !== undefined);
  return breaching.find((value) => breachOf(value, thresholds)?.severity === 'critical') ?? breaching[0];
}
