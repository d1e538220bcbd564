import { type ReactNode, useRef } from 'react';
import type { TileOf } from '../../shared/domain/board.ts';
import { Sparkline } from '../charts/sparkline.ts';
import { formatAge, formatText, type NumberFormat } from '../live/format.ts';
import { staleness } from '../live/staleness.ts';
import { SeverityShape } from '../ui/Severity.tsx';
import { useBoardContext } from './board-context.ts';
import { RecordTable, recordsOf, useRecords } from './RecordTable.tsx';
import { ScrollBox } from './ScrollBox.tsx';
import styles from './TableTile.module.css';
import { TileFrame } from './TileFrame.tsx';
import { TextSlot } from './tile-chrome.ts';
import { levelOf } from './tile-levels.ts';
import { lostAt, useTile } from './use-tile.ts';
import { historyFor } from './values/board-window.ts';
import type { LiveSeries } from './values/live-series.ts';
import { seriesNames } from './values/scale-format.ts';
import { chartGaps } from './values/silence.ts';
import { breachOf, wordOf } from './values/thresholds.ts';

/** Above this a small line in each row is more canvas than a page should hold. */
const TRENDS_MAX = 24;

/** The newest value of many things; of one that is a list of records, those records. */
export function TableTile({ tile }: { tile: TileOf<'table'> }): ReactNode {
  const { windowMs, charts } = useBoardContext();
  const root = useRef<HTMLElement>(null);
  const { series, thresholds = [], unit, style, decimals } = tile;
  const format: NumberFormat = { unit, style, decimals };
  const names = seriesNames(series);
  const trends = series.length <= TRENDS_MAX;
  const [records, setRecords] = useRecords();

  const problem = useTile(root, {
    series,
    options: historyFor(windowMs),
    numeric: false,
    key: JSON.stringify([thresholds, format]),
    setUp({ root: element, chrome, series: live, invalidate }) {
      const rows = [...element.querySelectorAll<HTMLElement>('[data-row]')].map(
        (row, index) => new RowWriter(row, live[index]!, format, thresholds, invalidate),
      );
      return {
        paint(now, fresh) {
          const found = live.length === 1 ? recordsOf(live[0]!.latest?.value) : undefined;
          setRecords(found);
          const range = charts.range(now, windowMs);
          let worst: ReturnType<RowWriter['paint']>;
          for (const row of rows) {
            const breach = row.paint(now, range);
            if (breach !== undefined && worst?.severity !== 'critical') worst = breach;
          }
          chrome.update(fresh, worst);
        },
        level: () => levelOf(live, thresholds),
        destroy: () => {
          for (const row of rows) row.destroy();
        },
      };
    },
  });

  return (
    <TileFrame tile={tile} ref={root} problem={problem} loss note>
      <ScrollBox className={styles.scroll} label={`${tile.title}, values`}>
        {records !== undefined && <RecordTable records={records} format={format} />}
        <table className={styles.table} hidden={records !== undefined}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              {trends && <th scope="col">Trend</th>}
              <th scope="col" className={styles.figure}>
                Now
              </th>
              <th scope="col" className={styles.figure}>
                Age
              </th>
            </tr>
          </thead>
          <tbody>
            {names.map((name, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: series have no identity but their place
              <tr key={index} data-row>
                <th scope="row">{name}</th>
                {trends && (
                  <td className={styles.trendCell}>
                    <div className={styles.trend} data-trend />
                  </td>
                )}
                <td className={styles.figure}>
                  <span className={styles.breach} data-breach hidden>
                    <SeverityShape severity="warning" className={styles.warning} />
                    <SeverityShape severity="critical" className={styles.critical} />
                    <span data-word />
                  </span>
                  <span data-now />
                </td>
                <td className={styles.age} data-since />
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </TileFrame>
  );
}

/** Writes one row of the table. */
class RowWriter {
  readonly #row: HTMLElement;
  readonly #live: LiveSeries;
  readonly #format: NumberFormat;
  readonly #thresholds: NonNullable<TileOf<'table'>['thresholds']>;
  readonly #now: TextSlot;
  readonly #age: TextSlot;
  readonly #word: TextSlot;
  readonly #breach: HTMLElement;
  readonly #trend: Sparkline | undefined;

  constructor(
    row: HTMLElement,
    live: LiveSeries,
    format: NumberFormat,
    thresholds: NonNullable<TileOf<'table'>['thresholds']>,
    invalidate: () => void,
  ) {
    this.#row = row;
    this.#live = live;
    this.#format = format;
    this.#thresholds = thresholds;
    this.#now = new TextSlot(row.querySelector('[data-now]')!);
    this.#age = new TextSlot(row.querySelector('[data-since]')!);
    this.#breach = row.querySelector<HTMLElement>('[data-breach]')!;
    this.#word = new TextSlot(row.querySelector('[data-word]')!);
    const trend = row.querySelector<HTMLElement>('[data-trend]');
    this.#trend = trend === null ? undefined : new Sparkline(trend, invalidate);
  }

  /** @returns the limit that the value has passed */
  paint(now: number, range: { from: number; to: number }): ReturnType<typeof breachOf> {
    const { latest, last, feed } = this.#live;
    const state = staleness({ ...feed.state, now, offline: lostAt() !== undefined });
    const number = typeof latest?.value === 'number' ? latest.value : undefined;
    const breach = breachOf(number, this.#thresholds);
    this.#now.set(this.#say(latest?.value));
    this.#age.set(feed.state.lastReceivedAt === undefined ? '' : formatAge(now - feed.state.lastReceivedAt));
    this.#breach.hidden = breach === undefined;
    if (breach !== undefined) {
      this.#breach.dataset.breach = breach.severity;
      this.#word.set(wordOf(breach));
    }
    if (this.#row.dataset.staleness !== state) this.#row.dataset.staleness = state;
    if (last !== undefined) {
      this.#trend?.paint({
        range,
        view: this.#live.view(),
        limits: [],
        gaps: chartGaps([feed], {}, now),
        stale: state === 'stale',
        format: String,
      });
    }
    return breach;
  }

  destroy(): void {
    this.#trend?.destroy();
  }

  #say(value: unknown): string {
    if (value === undefined || value === null) return '–';
    if (typeof value === 'number') return formatText(value, this.#format);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
}
