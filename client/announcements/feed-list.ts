import type { DeliveredAnnouncement } from '../../shared/domain/announcement.ts';
import { type Entries, type Entry, inForce, rankOf } from './announcement-state.ts';
import { byUrgency, isUnread, needsAnswer, sentAt } from './surfacing.ts';

export type FeedFilter = 'all' | 'unread' | 'answer';

/**
 * All that was ever aimed at this person, each once: what is live here wins over what the server listed earlier.
 * What must be answered stands on top, then the newest first.
 */
export function feedOf(entries: Entries, listed: readonly DeliveredAnnouncement[]): Entry[] {
  const byId = new Map<string, Entry>();
  for (const announcement of listed) {
    byId.set(announcement.id, { announcement, receivedAt: announcement.updatedAt });
  }
  for (const [id, entry] of Object.entries(entries)) {
    const older = byId.get(id)?.announcement;
    if (older === undefined || isNewer(entry.announcement, older)) byId.set(id, entry);
  }
  return [...byId.values()].sort((a, b) => {
    const pinned = Number(needsAnswer(b)) - Number(needsAnswer(a));
    if (pinned !== 0) return pinned;
    return needsAnswer(a) ? byUrgency(a, b) : sentAt(b) - sentAt(a);
  });
}

function isNewer(here: DeliveredAnnouncement, listed: DeliveredAnnouncement): boolean {
  if (here.revision !== listed.revision) return here.revision > listed.revision;
  if (inForce(here) !== inForce(listed)) return !inForce(here);
  return rankOf(here.mine.state) >= rankOf(listed.mine.state);
}

export function matchesFilter(entry: Entry, filter: FeedFilter): boolean {
  if (filter === 'all') return true;
  return filter === 'unread' ? isUnread(entry) : needsAnswer(entry);
}

/**
 * Where the line "read up to" stands: before the first entry that is not new, below what is pinned; undefined where
 * nothing or everything is new.
 * @param fresh ids that were unread when the page opened, or came since
 */
export function readLine(feed: readonly Entry[], fresh: ReadonlySet<string>): number | undefined {
  const last = feed.findLastIndex((entry) => !needsAnswer(entry) && fresh.has(entry.announcement.id));
  return last === -1 || last === feed.length - 1 ? undefined : last + 1;
}
