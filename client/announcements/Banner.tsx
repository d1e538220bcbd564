import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { SeverityShape } from '../ui/Severity.tsx';
import { openDialog, sendReceipt, useAnnouncements } from './announcement-store.ts';
import { severityWord } from './arrivals.ts';
import styles from './Banner.module.css';
import { excerpt } from './excerpt.ts';
import { type BannerItem, bannerItems, needsAnswer } from './surfacing.ts';
import { useSeen } from './use-seen.ts';
import { useSurfaceClock } from './use-surface-clock.ts';
import { clockTime } from './when.ts';

/** The one banner slot: the most urgent announcement, the others behind a count. It pushes the page down. */
export function Banner(): ReactNode {
  const entries = useAnnouncements((state) => state.entries);
  const now = useSurfaceClock();
  const [expanded, setExpanded] = useState(false);
  const items = bannerItems(entries, now);
  const [first, ...others] = items;
  if (first === undefined) return null;
  const shown = expanded ? items : [first];
  return (
    <section className={styles.slot} aria-label="Announcements in force">
      {shown.map((item, index) => (
        <BannerRow
          key={item.entry.announcement.id}
          item={item}
          more={
            index === 0 && others.length > 0 ? (
              <button
                type="button"
                className={styles.more}
                aria-expanded={expanded}
                onClick={() => setExpanded(!expanded)}
              >
                {expanded ? 'Fewer' : `${others.length} more`}
                {expanded ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
              </button>
            ) : null
          }
        />
      ))}
    </section>
  );
}

function BannerRow({ item, more }: { item: BannerItem; more: ReactNode }): ReactNode {
  const { entry, form } = item;
  const { announcement } = entry;
  const { id, severity, revision, title, drill } = announcement;
  const seen = useSeen(id, revision);
  return (
    <article
      ref={form === 'over' ? undefined : seen}
      className={classNames(
        styles.banner,
        form === 'open' ? styles[severity] : styles.quiet,
        form === 'slim' && styles[`edge-${severity}`],
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
          <button type="button" className={styles.title} onClick={() => openDialog(id)}>
            {title}
          </button>
        )}{' '}
        <span className={styles.rest}>
          <BannerRest item={item} />
        </span>
      </div>
      {more}
      {form === 'open' && (
        <Button className={styles.act} onClick={() => act(item)}>
          {needsAnswer(entry) ? 'Answer' : 'Got it'}
        </Button>
      )}
    </article>
  );
}

function act({ entry }: BannerItem): void {
  const { id } = entry.announcement;
  if (needsAnswer(entry)) openDialog(id);
  else sendReceipt(id, 'acknowledged');
}

/** What stands behind the title: what became of it, or when more will be said, or how the message begins. */
function BannerRest({ item }: { item: BannerItem }): ReactNode {
  const { announcement } = item.entry;
  const { state, endReason, createdBy, updatedAt, revision, nextUpdateAt, body } = announcement;
  if (state === 'retracted') {
    return `Retracted by ${createdBy.name}${endReason === undefined ? '' : `: ${endReason}`}`;
  }
  if (item.form === 'over') return state === 'resolved' ? 'Resolved' : 'No longer in force';
  const parts = [
    revision > 1 && item.entry.before !== undefined ? `Updated ${clockTime(updatedAt)}` : undefined,
    nextUpdateAt === undefined ? undefined : `Next update by ${clockTime(nextUpdateAt)}`,
    excerpt(body) || undefined,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
