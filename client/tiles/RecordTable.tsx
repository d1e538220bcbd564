import { type ReactNode, useState } from 'react';
import { formatText, type NumberFormat } from '../live/format.ts';
import styles from './TableTile.module.css';

export type TableRecord = Record<string, unknown>;

const COLUMNS_MAX = 8;
const ROWS_MAX = 200;

/** The records in a datum: a list of objects. Anything else is none. */
export function recordsOf(value: unknown): TableRecord[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const objects = value.filter(
    (one): one is TableRecord => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
  return objects.length === value.length ? objects.slice(0, ROWS_MAX) : undefined;
}

/** Records as React state that changes only when they say something else. */
export function useRecords(): [TableRecord[] | undefined, (records: TableRecord[] | undefined) => void] {
  const [records, setRecords] = useState<TableRecord[]>();
  const set = (next: TableRecord[] | undefined): void =>
    setRecords((before) =>
      before === next || JSON.stringify(before) === JSON.stringify(next) ? before : next,
    );
  return [records, set];
}

/** A table of whatever columns the records have, in the order in which they first appear. */
export function RecordTable({
  records,
  format,
}: {
  records: TableRecord[];
  format: NumberFormat;
}): ReactNode {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))].slice(0, COLUMNS_MAX);
  const numeric = new Set(columns.filter((column) => records.every((record) => isFigure(record[column]))));
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={numeric.has(column) ? styles.figure : undefined}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {records.map((record, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: records have no identity but their place
          <tr key={index}>
            {columns.map((column) => (
              <td key={column} className={numeric.has(column) ? styles.figure : undefined}>
                {cell(record[column], format)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isFigure(value: unknown): boolean {
  return typeof value === 'number' || value === undefined || value === null;
}

function cell(value: unknown, format: NumberFormat): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return formatText(value, format);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
