import { useEffect } from 'react';
import { z } from 'zod';
import { next } from '../../shared/api/common.ts';
import { type DeliveredAnnouncement, deliveredAnnouncement } from '../../shared/domain/announcement.ts';
import { api } from '../api.ts';
import { connection } from '../connection/connection.ts';
import { type PageOf, usePaged } from '../use-paged.ts';
import type { Entry } from './announcement-state.ts';
import { useAnnouncements } from './announcement-store.ts';
import { feedOf } from './feed-list.ts';

const PAGE = 50;
const page = z.object({ announcements: z.array(deliveredAnnouncement), next });

async function load(after: string | undefined, signal: AbortSignal): Promise<PageOf<DeliveredAnnouncement>> {
  const query = new URLSearchParams({ scope: 'mine', limit: String(PAGE), ...(after && { after }) });
  const reply = await api.get(`/announcements?${query}`, page, { signal });
  return { items: reply.announcements, next: reply.next };
}

export interface FeedData {
  /** Undefined until something is known. */
  feed: Entry[] | undefined;
  loading: boolean;
  error: unknown;
  /** Loads what is older; absent at the end. */
  older: (() => void) | undefined;
  retry: () => void;
}

/** Everything aimed at this person: what is live on this page, and what the server remembers. */
export function useFeed(): FeedData {
  const entries = useAnnouncements((state) => state.entries);
  const { items, loading, error, older, reload } = usePaged(load);

  // After an absence something may have come and gone: what the page was not told stands in the list.
  useEffect(() => connection.on('welcome', reload), [reload]);

  const known = items !== undefined || error !== undefined || Object.keys(entries).length > 0;
  return { feed: known ? feedOf(entries, items ?? []) : undefined, loading, error, older, retry: reload };
}
