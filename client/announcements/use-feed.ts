import { useCallback, useEffect, useState } from 'react';
import { z } from 'zod';
import { next } from '../../shared/api/common.ts';
import { type DeliveredAnnouncement, deliveredAnnouncement } from '../../shared/domain/announcement.ts';
import { api } from '../api.ts';
import { connection } from '../connection/connection.ts';
import type { Entry } from './announcement-state.ts';
import { useAnnouncements } from './announcement-store.ts';
import { feedOf } from './feed-list.ts';

const PAGE = 50;
const page = z.object({ announcements: z.array(deliveredAnnouncement), next });

interface Listed {
  announcements: readonly DeliveredAnnouncement[];
  next: string | undefined;
  loading: boolean;
  error: unknown;
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
  const [listed, setListed] = useState<Listed>({
    announcements: [],
    next: undefined,
    loading: true,
    error: undefined,
  });

  const load = useCallback(async (after?: string): Promise<void> => {
    setListed((was) => ({ ...was, loading: true, error: undefined }));
    const query = new URLSearchParams({ scope: 'mine', limit: String(PAGE), ...(after && { after }) });
    try {
      const reply = await api.get(`/announcements?${query}`, page);
      setListed((was) => ({
        announcements:
          after === undefined ? reply.announcements : [...was.announcements, ...reply.announcements],
        next: reply.next,
        loading: false,
        error: undefined,
      }));
    } catch (error) {
      setListed((was) => ({ ...was, loading: false, error }));
    }
  }, []);

  useEffect(() => {
    void load();
    // After an absence something may have come and gone: what the page was not told stands in the list.
    return connection.on('welcome', () => void load());
  }, [load]);

  const after = listed.next;
  const known = !listed.loading || listed.announcements.length > 0 || Object.keys(entries).length > 0;
  return {
    feed: known ? feedOf(entries, listed.announcements) : undefined,
    loading: listed.loading,
    error: listed.error,
    older: after === undefined ? undefined : () => void load(after),
    retry: () => void load(),
  };
}
