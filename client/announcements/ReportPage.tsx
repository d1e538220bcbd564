import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import { announcementWithCounts } from '../../shared/api/announcements.ts';
import { ApiError, api, messageOf } from '../api.ts';
import { useOffline } from '../connection/use-connection.ts';
import { useNow } from '../live/clock.ts';
import { formatAge } from '../live/format.ts';
import { Button } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { Note, SeverityTag } from '../ui/Severity.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../ui/States.tsx';
import { severityWord } from './arrivals.ts';
import { useDirectory } from './composer/use-directory.ts';
import styles from './ReportPage.module.css';
import { Definitions } from './report/Definitions.tsx';
import { type Edit, EditDialog } from './report/EditDialog.tsx';
import { PeopleTable } from './report/PeopleTable.tsx';
import { ReceiptsTile } from './report/ReceiptsTile.tsx';
import { ReportMeta } from './report/ReportMeta.tsx';
import { RetractDialog } from './report/RetractDialog.tsx';
import { StepsChart } from './report/StepsChart.tsx';
import { edgeOf, stepsOf } from './report/steps.ts';
import { type ReportData, useReport } from './report/use-report.ts';

/** One announcement as its sender sees it: who has it, who saw it, who answered, live. */
export function ReportPage(): ReactNode {
  const { id } = useParams({ from: '/shell/announce/$id' });
  const { data, error, reload } = useReport(id);
  if (data !== undefined) return <Report key={id} data={data} reload={reload} />;
  const missing = error instanceof ApiError && error.status === 404;
  return (
    <Page title="Announcement">
      {missing && (
        <EmptyState title="There is no such announcement.">
          <p>
            It may have been undone before it left. <Link to="/announce/history">See all of them</Link>.
          </p>
        </EmptyState>
      )}
      {error !== undefined && !missing && (
        <div className={styles.note}>
          <ErrorNote error={error} title="The report could not be loaded." onRetry={reload} />
        </div>
      )}
      {error === undefined && <Skeleton what="the report" rows={8} />}
    </Page>
  );
}

type Open = 'edit' | 'retract';

function Report({ data, reload }: { data: ReportData; reload: () => void }): ReactNode {
  const { announcement, rows, changedAt } = data;
  const { id, severity, title, state, acknowledge, drill } = announcement;
  const now = useNow();
  const directory = useDirectory();
  const unsendable = useOffline() ? 'Offline: this needs a connection.' : undefined;
  const [open, setOpen] = useState<Open>();
  const [busy, setBusy] = useState<'nudge' | 'resolve'>();
  const [failed, setFailed] = useState<string>();

  const asked = acknowledge !== undefined;
  const sentAt = announcement.sentAt ?? announcement.createdAt;
  const over = state === 'resolved' || state === 'retracted' || state === 'expired';
  const people = useMemo(() => stepsOf(rows), [rows]);
  const names = useMemo(
    () => new Map(directory.choices.map((choice) => [`${choice.kind}:${choice.id}`, choice.name])),
    [directory.choices],
  );
  const groupNames = useMemo(
    () => new Map(directory.choices.filter((one) => one.kind === 'group').map((one) => [one.id, one.name])),
    [directory.choices],
  );

  const perform = (what: 'nudge' | 'resolve', act: () => Promise<unknown>): void => {
    setBusy(what);
    setFailed(undefined);
    act()
      .then(reload, (error: unknown) => setFailed(messageOf(error)))
      .finally(() => setBusy(undefined));
  };
  const path = `/announcements/${id}`;
  const retract = async (reason: string): Promise<void> => {
    await api.post(`${path}/retract`, reason === '' ? {} : { reason });
    reload();
  };
  const edit = async (change: Edit, revision: number): Promise<void> => {
    await api.patch(path, change, announcementWithCounts, { ifMatch: revision });
    reload();
  };

  return (
    <Page
      title={title}
      heading={
        <span className={styles.heading}>
          {drill === true && <span className={styles.drillWord}>Drill</span>}
          <SeverityTag severity={severity} over={over}>
            {severityWord[severity]}
          </SeverityTag>
          <span className={state === 'retracted' ? styles.struck : styles.name}>{title}</span>
        </span>
      }
      actions={
        over ? undefined : (
          <>
            <Button disabledBecause={unsendable} onClick={() => setOpen('edit')}>
              Edit
            </Button>
            <Button disabledBecause={unsendable} onClick={() => setOpen('retract')}>
              Retract
            </Button>
            {state === 'live' && (
              <Button
                busy={busy === 'resolve'}
                disabledBecause={unsendable}
                onClick={() => perform('resolve', () => api.patch(path, { state: 'resolved' }))}
              >
                Resolve
              </Button>
            )}
          </>
        )
      }
      bodyClassName={styles.body ?? ''}
    >
      <ReportMeta announcement={announcement} names={names} now={now} />
      {failed !== undefined && (
        <Note severity="critical" role="alert" className={styles.note}>
          {failed}
        </Note>
      )}
      <div className={styles.grid}>
        <section className={`${styles.tile} ${styles.whole}`} aria-label="Receipts">
          <header>
            <h2>Receipts</h2>
            <span className={styles.age}>{over ? '' : formatAge(now - changedAt)}</span>
          </header>
          <ReceiptsTile
            data={data}
            people={people}
            asked={asked}
            sentAt={sentAt}
            nudging={busy === 'nudge'}
            unsendable={unsendable}
            onNudge={() => perform('nudge', () => api.post(`${path}/nudge`))}
          />
        </section>
        <div className={styles.left}>
          <section className={`${styles.tile} ${styles.curve}`} aria-label="People over time">
            <header>
              <h2>People over time</h2>
            </header>
            <StepsChart
              people={people}
              targeted={data.counts.targeted}
              from={sentAt}
              to={edgeOf(people, sentAt, over ? announcement.updatedAt : now)}
              lateAt={acknowledge?.lateAt}
              asked={asked}
            />
          </section>
          <section className={styles.tile} aria-label="What the words mean">
            <header>
              <h2>What the words mean</h2>
            </header>
            <Definitions lateAt={acknowledge?.lateAt} />
          </section>
        </div>
        <section className={`${styles.tile} ${styles.people}`} aria-label="People">
          <PeopleTable
            announcement={announcement}
            rows={rows}
            asked={asked}
            sentAt={sentAt}
            groupNames={groupNames}
          />
        </section>
      </div>
      {open === 'retract' && (
        <RetractDialog title={title} onClose={() => setOpen(undefined)} onRetract={retract} />
      )}
      {open === 'edit' && (
        <EditDialog announcement={announcement} onClose={() => setOpen(undefined)} onEdit={edit} />
      )}
    </Page>
  );
}
