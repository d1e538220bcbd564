import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Connection } from '../../../shared/domain/connection.ts';
import { formatText } from '../../live/format.ts';
import { Button } from '../../ui/Button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { SeverityWord } from '../../ui/Severity.tsx';
import { ConnectionMark } from './ConnectionMark.tsx';
import styles from './ConnectionsTable.module.css';
import type { ConnectionRow } from './held-order.ts';
import { sinceText } from './since.ts';
import type { Sort } from './use-connections.ts';

/** Height of a row in px; the table is virtual, thousands must not slow the page down. */
const ROW = 32;

export interface ConnectionsTableProps {
  rows: readonly ConnectionRow[];
  sort: Sort;
  selected: string | undefined;
  /** This very page. */
  own: string | undefined;
  boardNames: ReadonlyMap<string, string>;
  now: number;
  /** What may wait for a connection before it counts as slow (bytes). */
  outboxMaxBytes: number;
  onSelect: (id: string) => void;
  /** The pointer or the focus came in or went out. */
  onHold: (held: boolean) => void;
  /** The end of the rows came into sight. */
  onEnd: () => void;
}

/** Who is connected. Ordinary values are faint, so that exceptions need no hunting. */
export function ConnectionsTable(props: ConnectionsTableProps): ReactNode {
  const { rows, sort, selected, own, boardNames, now, outboxMaxBytes, onSelect, onHold, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  const atEnd = items.length > 0 && items.at(-1)?.index === rows.length - 1;
  useEffect(() => {
    if (atEnd) onEnd();
  }, [atEnd, onEnd]);

  return (
    <section
      className={styles.scroller}
      ref={scroller}
      aria-label="Connections"
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onHold(false);
      }}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <Head sorted={sort === 'name'}>Who</Head>
            <th>Device</th>
            <th>Board</th>
            <Head right sorted={sort === 'newest'}>
              Since
            </Head>
            <th data-align="right">Round trip</th>
            <Head sorted={sort === 'slowest'}>Backlog</Head>
            <th data-align="right">Channels</th>
            <th data-align="right">Build</th>
            <th data-align="right">Address</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <Row
                  key={row.connection.id}
                  row={row}
                  selected={row.connection.id === selected}
                  own={row.connection.id === own}
                  board={
                    row.connection.board === undefined
                      ? ''
                      : (boardNames.get(row.connection.board) ?? row.connection.board)
                  }
                  now={now}
                  outboxMaxBytes={outboxMaxBytes}
                  onSelect={onSelect}
                />
              )
            );
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  );
}

function Head({
  sorted,
  right,
  children,
}: {
  sorted: boolean;
  right?: boolean;
  children: string;
}): ReactNode {
  return (
    <th
      className={classNames(sorted && styles.sorted)}
      {...(right && { 'data-align': 'right' })}
      {...(sorted && { 'aria-sort': 'descending' as const })}
    >
      {children}
      {sorted && <ArrowDown aria-hidden />}
    </th>
  );
}

interface RowProps {
  row: ConnectionRow;
  selected: boolean;
  own: boolean;
  board: string;
  now: number;
  outboxMaxBytes: number;
  onSelect: (id: string) => void;
}

function Row({ row, selected, own, board, now, outboxMaxBytes, onSelect }: RowProps): ReactNode {
  const { connection, gone } = row;
  const { id, person, device, kind, since, rttMs, slow, outboxBytes, channels, build, address, editing } =
    connection;
  return (
    <tr
      className={classNames(gone && styles.gone, slow && !gone && styles.slow)}
      data-selected={selected}
      onClick={() => onSelect(id)}
    >
      <td>
        <span className={styles.who}>
          <ConnectionMark kind={kind} slow={slow} gone={gone} />
          <Button
            variant="link"
            onClick={(event) => {
              event.stopPropagation();
              onSelect(id);
            }}
          >
            {person.name}
            {own && ', you'}
          </Button>
          {slow && !gone && <SeverityWord severity="warning">Slow</SeverityWord>}
        </span>
      </td>
      <td title={device}>{device}</td>
      <td title={board}>
        {board}
        {editing && ', edits'}
      </td>
      <td data-align="right">{sinceText(since, now)}</td>
      <td data-align="right">{rttMs === undefined ? '' : `${rttMs} ms`}</td>
      <td>{gone ? 'left' : <Backlog outboxBytes={outboxBytes} slow={slow} most={outboxMaxBytes} />}</td>
      <td data-align="right" className={channels === 0 ? styles.zero : undefined}>
        {channels}
      </td>
      <td data-align="right">{build?.slice(0, 8)}</td>
      <td data-align="right">
        <code>{address}</code>
      </td>
    </tr>
  );
}

/** The whole bar is what a client may have waiting before it counts as slow. */
function Backlog({
  outboxBytes,
  slow,
  most,
}: Pick<Connection, 'outboxBytes' | 'slow'> & { most: number }): ReactNode {
  const text = formatText(outboxBytes, { style: 'bytes' });
  if (outboxBytes === 0) return <span className={styles.zero}>0 B</span>;
  return (
    <span className={styles.backlog}>
      <u>
        <i
          className={slow ? styles.full : undefined}
          style={{ width: `${Math.min(100, (outboxBytes / most) * 100)}%` }}
        />
      </u>
      {text}
    </span>
  );
}
