import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { openDialog, sendReceipt, useAnnouncements } from './announcement-store.ts';
import styles from './Banner.module.css';
import { BannerRow } from './BannerRow.tsx';
import { type BannerItem, bannerItems, needsAnswer } from './surfacing.ts';
import { useSurfaceClock } from './use-surface-clock.ts';

function act({ entry }: BannerItem): void {
  const { id } = entry.announcement;
  if (needsAnswer(entry)) openDialog(id);
  else sendReceipt(id, 'acknowledged');
}

/** The one banner slot: the most urgent announcement, the others behind a count. It pushes the page down. */
export function Banner(): ReactNode {
  const entries = useAnnouncements((state) => state.entries);
  const now = useSurfaceClock();
  const [expanded, setExpanded] = useState(false);
  const items = bannerItems(entries, now);
  const [first, ...others] = items;
  if (first === undefined) return null;

  const more = others.length > 0 && (
    <button
      type="button"
      className={styles.more}
      aria-expanded={expanded}
      onClick={() => setExpanded(!expanded)}
    >
      {expanded ? 'Fewer' : `${others.length} more`}
      {expanded ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
    </button>
  );
  return (
    <section className={styles.slot} aria-label="Announcements in force">
      {(expanded ? items : [first]).map((item, index) => (
        <BannerRow
          key={item.entry.announcement.id}
          item={item}
          more={index === 0 && more}
          onAct={() => act(item)}
          onOpen={() => openDialog(item.entry.announcement.id)}
        />
      ))}
    </section>
  );
}
