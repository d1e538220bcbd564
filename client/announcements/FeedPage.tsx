import { type ReactNode, useEffect, useRef, useState } from 'react';
import { serverNow } from '../live/clock.ts';
import { useSettings } from '../settings/settings-store.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Page } from '../ui/Page.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { EmptyState, ErrorNote, Skeleton } from '../ui/States.tsx';
import type { Entry } from './announcement-state.ts';
import { openDialog } from './announcement-store.ts';
import { FeedItem } from './FeedItem.tsx';
import styles from './FeedPage.module.css';
import { type FeedFilter, matchesFilter, readLine } from './feed-list.ts';
import { isUnread, needsAnswer, sentAt } from './surfacing.ts';
import { useFeed } from './use-feed.ts';
import { useFeedKeys } from './use-feed-keys.ts';
import { shortTime } from './when.ts';

/** All announcements to this person, the newest first; what must be answered stands on top until it is. */
export function FeedPage(): ReactNode {
  const { feed, loading, error, older, retry } = useFeed();
  const [filter, setFilter] = useState<FeedFilter>('all');
  const keys = useSettings((state) => state.shortcuts) && window.matchMedia('(pointer: fine)').matches;
  const list = useRef<HTMLDivElement>(null);
  const fresh = useFresh(feed);

  const all = feed ?? [];
  const shown = all.filter((entry) => matchesFilter(entry, filter));
  const line = filter === 'all' ? readLine(shown, fresh) : undefined;
  useFeedKeys(list, () => setFilter((was) => (was === 'unread' ? 'all' : 'unread')));

  return (
    <Page
      title="Feed"
      tools={
        <Segmented<FeedFilter>
          label="Which announcements"
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: 'All' },
            { value: 'unread', label: 'Unread', count: all.filter(isUnread).length },
            { value: 'answer', label: 'To answer', count: all.filter(needsAnswer).length },
          ]}
        />
      }
      {...(keys && all.length > 0 && { foot: <Keys /> })}
    >
      {error !== undefined && (
        <div className={styles.note}>
          <ErrorNote error={error} title="Older announcements could not be loaded." onRetry={retry} />
        </div>
      )}
      {feed === undefined && error === undefined && <Skeleton what="announcements" />}
      {feed !== undefined && shown.length === 0 && !loading && <Nothing filter={filter} />}
      <div className={styles.list} ref={list}>
        {shown.map((entry, index) => (
          <div key={entry.announcement.id}>
            {index === line && <ReadLine feed={shown} at={index} fresh={fresh.size} />}
            <FeedItem
              entry={entry}
              fresh={fresh.has(entry.announcement.id)}
              onAnswer={() => openDialog(entry.announcement.id)}
            />
          </div>
        ))}
      </div>
      {older !== undefined && (
        <p className={styles.older}>
          <Button onClick={older} busy={loading}>
            Older
          </Button>
        </p>
      )}
    </Page>
  );
}

/** Ids that were unread when the page opened or came since: reading them must not move the line. */
function useFresh(feed: readonly Entry[] | undefined): ReadonlySet<string> {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const unread = feed?.filter(isUnread).map((entry) => entry.announcement.id) ?? [];
  const added = unread.filter((id) => !fresh.has(id));
  useEffect(() => {
    if (added.length > 0) setFresh((was) => new Set([...was, ...added]));
  });
  return added.length === 0 ? fresh : new Set([...fresh, ...added]);
}

function ReadLine({ feed, at, fresh }: { feed: readonly Entry[]; at: number; fresh: number }): ReactNode {
  const below = feed[at];
  if (below === undefined) return null;
  return (
    <p className={styles.line}>
      {fresh} new above, read up to {shortTime(sentAt(below), serverNow())}
    </p>
  );
}

function Nothing({ filter }: { filter: FeedFilter }): ReactNode {
  if (filter === 'unread') return <EmptyState title="Nothing unread." />;
  if (filter === 'answer') return <EmptyState title="Nothing waits for your answer." />;
  return (
    <EmptyState title="No announcements yet.">
      <p>What somebody announces to you appears here, and urgent things above every page.</p>
    </EmptyState>
  );
}

function Keys(): ReactNode {
  return (
    <>
      <span className={styles.key}>
        <Kbd>j</Kbd> <Kbd>k</Kbd> move
      </span>
      <span className={styles.key}>
        <Kbd>a</Kbd> answer
      </span>
      <span className={styles.key}>
        <Kbd>u</Kbd> unread only
      </span>
    </>
  );
}
