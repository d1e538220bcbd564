import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Announcement, ReceiptRow } from '../../../shared/domain/announcement.ts';
import { formatCount } from '../../live/format.ts';
import { classNames } from '../../ui/class-names.ts';
import { SearchInput } from '../../ui/Input.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { clockTime, sinceStart } from '../when.ts';
import { Mark } from './Mark.tsx';
import styles from './PeopleTable.module.css';
import { groupsOf, matches, matchesName, type PeopleFilter, type PeopleGroup } from './people-filter.ts';
import { type Standing, urgentAnswers } from './receipt-marks.ts';

/** Height of a row in px; the list is virtual, a crowd must not slow the page down. */
const ROW = 27;

export interface PeopleTableProps {
  announcement: Announcement;
  rows: readonly ReceiptRow[];
  asked: boolean;
  sentAt: number;
  /** Names of groups by id. */
  groupNames: ReadonlyMap<string, string>;
}

type Line = { kind: 'group'; group: PeopleGroup } | { kind: 'person'; row: ReceiptRow; standing: Standing };

/** Everybody it was aimed at, by where they stand; those who need help first. */
export function PeopleTable({ announcement, rows, asked, sentAt, groupNames }: PeopleTableProps): ReactNode {
  const [filter, setFilter] = useState<PeopleFilter>('all');
  const [query, setQuery] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const urgent = useMemo(() => urgentAnswers(announcement), [announcement]);
  const lines = useMemo((): Line[] => {
    const shown = rows.filter((row) => matches(row, filter, asked) && matchesName(row, query));
    return groupsOf(shown, urgent).flatMap((group) => [
      { kind: 'group' as const, group },
      ...group.rows.map((row) => ({ kind: 'person' as const, row, standing: group.standing })),
    ]);
  }, [rows, filter, query, asked, urgent]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const count = (one: PeopleFilter): number => rows.filter((row) => matches(row, one, asked)).length;
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <>
      <div className={styles.tools}>
        <Segmented<PeopleFilter>
          label="Which people"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All', count: rows.length },
            { value: 'open', label: asked ? 'Not acknowledged' : 'Not seen', count: count('open') },
            { value: 'unreachable', label: 'Unreachable', count: count('unreachable') },
            ...(count('late') > 0 ? [{ value: 'late' as const, label: 'Late', count: count('late') }] : []),
          ]}
        />
        <SearchInput
          label="Find a person"
          className={styles.find ?? ''}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list longer than its box is scrolled by keyboard */}
      <section className={styles.scroller} ref={scroller} aria-label="People and their receipts" tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>Person</th>
              <th>Group</th>
              <th>Where</th>
              <th data-align="right">Delivered</th>
              <th data-align="right">Seen</th>
              <th data-align="right">Acknowledged</th>
              <th>Answer</th>
            </tr>
          </thead>
          <tbody>
            {before > 0 && <tr aria-hidden style={{ height: before }} />}
            {items.map(({ index }) => {
              const line = lines[index];
              if (line === undefined) return null;
              if (line.kind === 'group') return <GroupRow key={line.group.standing} group={line.group} />;
              return (
                <PersonRow
                  key={line.row.person.id}
                  row={line.row}
                  urgent={line.standing === 'urgent'}
                  sentAt={sentAt}
                  groupNames={groupNames}
                />
              );
            })}
            {after > 0 && <tr aria-hidden style={{ height: after }} />}
          </tbody>
        </table>
        {lines.length === 0 && <p className={styles.none}>Nobody.</p>}
      </section>
    </>
  );
}

const groupWords: Record<Standing, [words: string, note?: string]> = {
  urgent: ['with an urgent answer', 'call them first'],
  seen: ['only seen'],
  delivered: ['only delivered'],
  unreachable: ['unreachable so far', 'no live session since it was sent, gets it on return'],
  acknowledged: ['acknowledged'],
};

function GroupRow({ group }: { group: PeopleGroup }): ReactNode {
  const { standing, rows } = group;
  const [words, note] = groupWords[standing];
  return (
    <tr className={classNames(styles.group, standing === 'urgent' && styles.urgent)}>
      <th colSpan={7} scope="rowgroup">
        <Mark standing={standing} />
        {formatCount(rows.length)} {words}
        {note !== undefined && <span>{note}</span>}
      </th>
    </tr>
  );
}

interface PersonRowProps {
  row: ReceiptRow;
  urgent: boolean;
  sentAt: number;
  groupNames: ReadonlyMap<string, string>;
}

function PersonRow({ row, urgent, sentAt, groupNames }: PersonRowProps): ReactNode {
  const since = (time: number | undefined): string => (time === undefined ? '' : sinceStart(time, sentAt));
  const groups = row.person.groups.map((id) => groupNames.get(id) ?? id).join(', ');
  return (
    <tr>
      <td title={row.person.name}>{row.person.name}</td>
      <td title={groups}>{groups}</td>
      <td title={row.device}>{whereWords(row)}</td>
      <td data-time>{since(row.deliveredAt)}</td>
      <td data-time>{since(row.seenAt)}</td>
      <td data-time>
        {since(row.acknowledgedAt)}
        {row.late && <small> late</small>}
      </td>
      <td className={urgent ? styles.urgentAnswer : undefined}>{answerWords(row)}</td>
    </tr>
  );
}

function whereWords({ device, online, state }: ReceiptRow): string {
  if (state === 'none') return online ? 'online' : 'offline';
  return `${device ?? ''}${online ? '' : `${device === undefined ? '' : ', '}offline now`}`;
}

function answerWords({ answer, state, deferredAt }: ReceiptRow): string {
  if (answer !== undefined) return answer;
  return state !== 'acknowledged' && deferredAt !== undefined ? `deferred ${clockTime(deferredAt)}` : '';
}
