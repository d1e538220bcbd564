import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { SeverityShape } from '../ui/Severity.tsx';
import { severityWord } from './arrivals.ts';
import styles from './Banner.module.css';
import { excerpt } from './excerpt.ts';
import { type BannerItem, needsAnswer } from './surfacing.ts';
import { useSeen } from './use-seen.ts';
import { clockTime } from './when.ts';

export interface BannerRowProps {
  item: BannerItem;
  /** Opens the list of the others; only the first row has it. */
  more?: ReactNode;
  /** `Answer` or `Got it`. */
  onAct?: () => void;
  onOpen?: () => void;
}

/** One announcement in the banner slot. */
export function BannerRow({ item, more, onAct, onOpen }: BannerRowProps): ReactNode {
  const { entry, form } = item;
  const { id, severity, revision, title, drill } = entry.announcement;
  const seen = useSeen(id, revision);
  return (
    <article
      ref={form === 'over' ? undefined : seen}
      className={classNames(
        styles.banner,
        form === 'open' ? styles[severity] : styles.quiet,
        form === 'slim' && styles['edge-critical'],
        drill === true && styles.drill,
      )}
    >
      <span className={styles.severity}>
        {drill === true && <span className={styles.drillWord}>Drill</span>}
        <SeverityShape severity={severity} over={form === 'over'} className={styles.shape} />
        {severityWord[severity]}
      </span>
      <div className={styles.text}>
        {form === 'over' ? (
          <del className={styles.title}>{title}</del>
        ) : (
          <button type="button" className={styles.title} onClick={onOpen}>
            {title}
          </button>
        )}{' '}
        <span className={styles.rest}>{restOf(item)}</span>
      </div>
      {more}
      {form === 'open' && (
        <Button className={styles.act} onClick={onAct}>
          {needsAnswer(entry) ? 'Answer' : 'Got it'}
        </Button>
      )}
    </article>
  );
}

/** What stands behind the title: what became of it, or when more will be said, or how the message begins. */
function restOf({ entry, form }: BannerItem): string {
  const { state, endReason, createdBy, updatedAt, nextUpdateAt, body } = entry.announcement;
  if (state === 'retracted') {
    return `Retracted by ${createdBy.name}${endReason === undefined ? '' : `: ${endReason}`}`;
  }
  if (form === 'over') return state === 'resolved' ? 'Resolved' : 'No longer in force';
  const parts = [
    entry.before === undefined ? '' : `Updated ${clockTime(updatedAt)}`,
    nextUpdateAt === undefined ? '' : `Next update by ${clockTime(nextUpdateAt)}`,
    excerpt(body),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
