import { Link } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { formatAge, formatCount } from '../../live/format.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityShape } from '../../ui/Severity.tsx';
import styles from './AwayStrip.module.css';
import type { AwayDigest } from './away-digest.ts';
import { type AwayCount, awayCounts, awayTitle, levelWords } from './away-words.ts';
import { useAway } from './use-away.ts';

/** One quiet line for who comes back, in place of forty pings. It pushes the page down and covers nothing. */
export function AwayStrip(): ReactNode {
  const [digest, dismiss] = useAway();
  return (
    <div role="status">
      {digest !== undefined && <Strip key={digest.absence.to} digest={digest} onDismiss={dismiss} />}
    </div>
  );
}

function Strip({ digest, onDismiss }: { digest: AwayDigest; onDismiss: () => void }): ReactNode {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const hasDetails = digest.announcements.length + digest.worse.length + digest.gaps.length > 0;
  return (
    <section className={styles.strip} aria-label="While you were away">
      <b>{awayTitle(digest)}</b>
      <ul className={styles.counts}>
        {awayCounts(digest).map((count) => (
          <li key={count.text}>
            <Mark mark={count.mark} />
            {count.text}
          </li>
        ))}
      </ul>
      <span className={styles.acts}>
        {hasDetails && (
          <Button
            variant="link"
            aria-expanded={open}
            aria-controls={detailsId}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide' : 'Show'}
          </Button>
        )}
        <Button variant="link" onClick={onDismiss}>
          Dismiss
        </Button>
      </span>
      <div id={detailsId} className={styles.details} hidden={!open}>
        {open && <Details digest={digest} />}
      </div>
    </section>
  );
}

const kindWords = {
  new: '',
  edited: 'edited: ',
  nudged: 'asked again: ',
  retracted: 'retracted: ',
  resolved: 'resolved: ',
  over: 'over: ',
} as const;

function Details({ digest: { announcements, worse, gaps } }: { digest: AwayDigest }): ReactNode {
  return (
    <ul>
      {announcements.map(({ id, kind, severity, title }) => (
        <li key={id}>
          <SeverityShape severity={severity} over={kind === 'over' || kind === 'retracted'} />
          <span>
            {kindWords[kind]}
            <Link to="/feed">{title}</Link>
          </span>
        </li>
      ))}
      {worse.map(({ title, level }) => (
        <li key={title}>
          <Mark mark={level} />
          <span>
            {title} {levelWords[level]}
          </span>
        </li>
      ))}
      {gaps.map(({ channel, ms, count }) => (
        <li key={channel}>
          <Mark mark="gap" />
          <span>
            <code>{channel}</code>, {formatAge(ms)}
            {count > 0 && `, ${formatCount(count)} lost`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Mark({ mark }: Pick<AwayCount, 'mark'>): ReactNode {
  switch (mark) {
    case 'none':
      return null;
    case 'gap':
    case 'silent':
      return <i className={styles[mark]} aria-hidden />;
    case 'over':
      return <SeverityShape severity="info" over />;
    default:
      return <SeverityShape severity={mark} />;
  }
}
