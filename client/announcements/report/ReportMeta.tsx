import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Announcement } from '../../../shared/domain/announcement.ts';
import { formatClock, formatStopwatch } from '../../live/format.ts';
import { shortTime } from '../when.ts';
import styles from './ReportMeta.module.css';
import { type Names, targetWords } from './target-words.ts';

export interface ReportMetaProps {
  announcement: Announcement;
  names: Names;
  now: number;
}

/** When, by whom, to whom, until when. */
export function ReportMeta({ announcement, names, now }: ReportMetaProps): ReactNode {
  const { createdBy, target, nextUpdateAt, state, revision, updatedAt } = announcement;
  const { to, except } = targetWords(target, names);
  return (
    <div className={styles.meta}>
      <Link to="/announce/history" className={styles.back}>
        <ChevronLeft aria-hidden />
        All announcements
      </Link>
      <span>
        {state === 'scheduled' ? 'Leaves' : 'Sent'} <b>{sentWords(announcement, now)}</b> by {createdBy.name}
      </span>
      <span className={styles.to} title={to}>
        to <b>{to}</b>
        {except !== '' && ` except ${except}`}
      </span>
      <span>{standWords(announcement, now)}</span>
      {revision > 1 && state === 'live' && <span>edited {shortTime(updatedAt, now)}</span>}
      {nextUpdateAt !== undefined && state === 'live' && (
        <span className={styles.next}>
          Next update by <b>{shortTime(nextUpdateAt, now)}</b>,{' '}
          {nextUpdateAt >= now
            ? `in ${formatStopwatch(nextUpdateAt - now)}`
            : `overdue ${formatStopwatch(now - nextUpdateAt)}`}
        </span>
      )}
    </div>
  );
}

function sentWords({ sentAt, createdAt }: Announcement, now: number): string {
  const at = sentAt ?? createdAt;
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return sameDay ? formatClock(at) : shortTime(at, now);
}

function standWords(announcement: Announcement, now: number): string {
  const { state, expiresAt, updatedAt, endReason } = announcement;
  const when = shortTime(updatedAt, now);
  switch (state) {
    case 'live':
      return expiresAt === undefined
        ? 'in force until resolved'
        : `in force until ${shortTime(expiresAt, now)}`;
    case 'resolved':
      return `resolved ${when}`;
    case 'retracted':
      return `retracted ${when}${endReason === undefined ? '' : `: ${endReason}`}`;
    case 'expired':
      return `over since ${when}`;
    case 'scheduled':
      return 'nobody has seen it yet';
    case 'draft':
      return 'a draft';
  }
}
