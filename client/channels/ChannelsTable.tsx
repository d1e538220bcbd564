import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ChannelInfo } from '../../shared/api/publications.ts';
import { formatCount } from '../live/format.ts';
import { Age } from '../ui/Age.tsx';
import { Table } from '../ui/Table.tsx';
import styles from './ChannelsTable.module.css';
import { keptCount, rateText } from './channel-list.ts';
import { showLive } from './live-row.ts';

/** A row that was only scrolled past subscribes to nothing. */
const SETTLE_MS = 300;

export function ChannelsTable({ channels }: { channels: readonly ChannelInfo[] }): ReactNode {
  return (
    <Table label="Channels" className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Channel</th>
          <th scope="col" data-align="right" className={styles.valueColumn}>
            Last value
          </th>
          <th scope="col" className={styles.lineColumn}>
            1 h
          </th>
          <th scope="col" data-align="right" className={styles.figureColumn}>
            Rate
          </th>
          <th scope="col" data-align="right" className={styles.ageColumn}>
            Last seen
          </th>
          <th scope="col" data-align="right" className={styles.figureColumn}>
            Kept
          </th>
          <th
            scope="col"
            data-align="right"
            className={styles.figureColumn}
            title="Subscriptions, this page's included"
          >
            Watching
          </th>
        </tr>
      </thead>
      <tbody>
        {channels.map((info) => (
          <ChannelRow key={info.channel} info={info} />
        ))}
      </tbody>
    </Table>
  );
}

/** One channel. What moves in it is painted past React, and only while it is on screen. */
function ChannelRow({ info }: { info: ChannelInfo }): ReactNode {
  const row = useRef<HTMLTableRowElement>(null);
  useLiveRow(row, info.channel);
  return (
    <tr ref={row} data-staleness="none">
      <th scope="row" className={styles.name}>
        <span className={styles.dot} aria-hidden="true" />
        <Link to="/channels/$name" params={{ name: info.channel }} className="mono">
          {info.channel}
        </Link>
        <span className="visually-hidden" data-slot="standing" />
      </th>
      <td data-align="right" className={styles.value}>
        <b data-slot="value" /> <small data-slot="unit" />
      </td>
      <td>
        <div className={styles.line} data-slot="line" aria-hidden="true" />
      </td>
      <td data-align="right">{rateText(info.rate)}</td>
      <td data-align="right" className={styles.age}>
        {/* Until the row is live, and in rows that never come on screen, the list's own figure stands. */}
        <span data-slot="age" />
        <span className={styles.listed}>{info.lastTime !== undefined && <Age since={info.lastTime} />}</span>
      </td>
      <td data-align="right">{formatCount(keptCount(info))}</td>
      <td data-align="right">{formatCount(info.subscribers)}</td>
    </tr>
  );
}

function useLiveRow(ref: React.RefObject<HTMLTableRowElement | null>, channel: string): void {
  useEffect(() => {
    const row = ref.current;
    if (row === null) return;
    let end: (() => void) | undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(([change]) => {
      clearTimeout(settling);
      if (change?.isIntersecting === true) {
        settling = setTimeout(() => {
          end ??= showLive(channel, slotsOf(row));
        }, SETTLE_MS);
        return;
      }
      end?.();
      end = undefined;
    });
    observer.observe(row);
    return () => {
      observer.disconnect();
      clearTimeout(settling);
      end?.();
    };
  }, [ref, channel]);
}

function slotsOf(row: HTMLElement): Parameters<typeof showLive>[1] {
  const slot = (name: string): HTMLElement => {
    const found = row.querySelector<HTMLElement>(`[data-slot="${name}"]`);
    if (found === null) throw new Error(`the row has no place for its ${name}`);
    return found;
  };
  return {
    row,
    standing: slot('standing'),
    value: slot('value'),
    unit: slot('unit'),
    age: slot('age'),
    line: slot('line'),
  };
}
