import type { ReactNode } from 'react';
import { rowSpan, tableRows } from '../charts/chart-table.ts';
import type { LineChart } from '../charts/line-chart.ts';
import { timeLabel } from '../charts/time-axis.ts';
import { useNow } from '../live/clock.ts';
import styles from './ChartTile.module.css';
import { ScrollBox } from './ScrollBox.tsx';

const ROWS_MAX = 60;

export interface ChartTableProps {
  title: string;
  names: readonly string[];
  chart: LineChart;
}

/** The same as the drawing, to be read: newest first, with what was missing. */
export function ChartTable({ title, names, chart }: ChartTableProps): ReactNode {
  useNow();
  const frame = chart.frame;
  if (frame === undefined) return null;
  const span = rowSpan(frame.range.to - frame.range.from, ROWS_MAX);
  const rows = tableRows(frame, span);
  return (
    <ScrollBox className={styles.table} label={`${title} as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {names.map((name, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: series have no identity but their place
              <th key={index} scope="col" className={styles.figure}>
                {name || 'Value'}
              </th>
            ))}
            <th scope="col">Missing</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.time}>
              <th scope="row">{timeLabel(row.time, span)}</th>
              {row.values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <td key={index} className={styles.figure}>
                  {value === undefined ? '–' : chart.say(value)}
                </td>
              ))}
              <td className={styles.missing}>{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
