import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { AnnouncementWithCounts } from '../../shared/api/announcements.ts';
import { useNow } from '../live/clock.ts';
import { formatCount } from '../live/format.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { SeverityWord } from '../ui/Severity.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../ui/States.tsx';
import { Table } from '../ui/Table.tsx';
import { AnnounceTabs } from './AnnounceTabs.tsx';
import { severityWord } from './arrivals.ts';
import styles from './HistoryPage.module.css';
import { type Sent, stateWords, useSent } from './use-sent.ts';
import { shortTime } from './when.ts';

type Filter = 'all' | 'open' | 'over';

const isOpen = ({ state }: AnnouncementWithCounts): boolean => state === 'live' || state === 'scheduled';

/** Everything that was sent: what is in force first, then the newest. */
export function HistoryPage(): ReactNode {
  const sent = useSent();
  const [filter, setFilter] = useState<Filter>('all');
  const list = sent.items ?? [];
  const open = list.filter(isOpen).length;
  const shown = list
    .filter((one) => filter === 'all' || isOpen(one) === (filter === 'open'))
    .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || timeOf(b) - timeOf(a));
  return (
    <Page
      title="Announcements"
      tools={<AnnounceTabs />}
      actions={
        <ButtonLink to="/announce" variant="primary" className={styles.wide ?? ''}>
          New announcement
        </ButtonLink>
      }
    >
      <div className={styles.bar}>
        <Segmented<Filter>
          label="Which announcements"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'open', label: 'In force', count: open },
            { value: 'over', label: 'Over' },
          ]}
        />
      </div>
      <Body sent={sent} shown={shown} filter={filter} />
    </Page>
  );
}

const timeOf = (one: AnnouncementWithCounts): number => one.sentAt ?? one.createdAt;

interface BodyProps {
  sent: Sent;
  shown: readonly AnnouncementWithCounts[];
  filter: Filter;
}

function Body({ sent, shown, filter }: BodyProps): ReactNode {
  const { items, error, loading, older, reload } = sent;
  if (items === undefined && error !== undefined) {
    return (
      <div className={styles.note}>
        <ErrorNote error={error} title="The announcements could not be loaded." onRetry={reload} />
      </div>
    );
  }
  if (items === undefined) return <Skeleton what="announcements" />;
  if (shown.length === 0 && filter !== 'all') {
    return <EmptyState title={filter === 'open' ? 'Nothing is in force.' : 'Nothing is over yet.'} />;
  }
  if (shown.length === 0) {
    return (
      <EmptyState
        title="Nothing was announced yet."
        actions={<ButtonLink to="/announce">Write the first announcement</ButtonLink>}
      >
        <p>What you send appears here, with who has it, who saw it and who answered.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <Table label="Announcements" className={styles.table}>
        <thead>
          <tr>
            <th>Severity</th>
            <th>Title</th>
            <th className={styles.wide}>State</th>
            <th data-align="right">Delivered</th>
            <th data-align="right" className={styles.wide}>
              Seen
            </th>
            <th data-align="right" className={styles.wide}>
              Acknowledged
            </th>
            <th className={styles.wide}>By</th>
            <th data-align="right">Sent</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </tbody>
      </Table>
      {older !== undefined && (
        <p className={styles.note}>
          <Button onClick={older} busy={loading}>
            Older
          </Button>
        </p>
      )}
    </>
  );
}

function Row({ one }: { one: AnnouncementWithCounts }): ReactNode {
  const now = useNow(10_000);
  const { severity, state, title, counts, createdBy, acknowledge, drill } = one;
  const open = isOpen(one);
  return (
    <tr data-over={!open || undefined}>
      <td>
        <SeverityWord severity={severity} over={!open}>
          {drill === true ? 'Drill' : severityWord[severity]}
        </SeverityWord>
      </td>
      <td className={styles.title}>
        <Link to="/announce/$id" params={{ id: one.id }}>
          {state === 'retracted' ? <del>{title}</del> : title}
        </Link>
      </td>
      <td className={styles.wide}>{stateWords(one, now)}</td>
      <td data-align="right">
        {counts === undefined ? '' : `${formatCount(counts.delivered)} of ${formatCount(counts.targeted)}`}
      </td>
      <td data-align="right" className={styles.wide}>
        {counts === undefined ? '' : formatCount(counts.seen)}
      </td>
      <td data-align="right" className={styles.wide}>
        {counts !== undefined && (acknowledge !== undefined || counts.acknowledged > 0)
          ? formatCount(counts.acknowledged)
          : ''}
      </td>
      <td className={styles.wide}>{createdBy.name}</td>
      <td data-align="right">{shortTime(timeOf(one), now)}</td>
    </tr>
  );
}
