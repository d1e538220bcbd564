import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type AnnouncementWithCounts,
  announcementsReply,
  receiptsChanged,
} from '../../shared/api/announcements.ts';
import { api } from '../api.ts';
import { connection } from '../connection/connection.ts';
import { shortTime } from './when.ts';

const PAGE = 100;
/** A burst of changes asks for the list once. */
const RELOAD_AFTER_MS = 500;

export interface Sent {
  announcements: readonly AnnouncementWithCounts[] | undefined;
  loading: boolean;
  error: unknown;
  older: (() => void) | undefined;
  reload: () => void;
}

type State = Pick<Sent, 'announcements' | 'loading' | 'error'> & { next?: string | undefined };

/** What was sent, with its counts moving; read anew when something was sent or ended. */
export function useSent(): Sent {
  const [state, setState] = useState<State>({ announcements: undefined, loading: true, error: undefined });

  const latest = useRef(state.announcements);
  latest.current = state.announcements;

  const load = useCallback(async (after?: string): Promise<void> => {
    setState((was) => ({ ...was, loading: true, error: undefined }));
    const query = new URLSearchParams({ scope: 'all', limit: String(PAGE), ...(after && { after }) });
    try {
      const reply = await api.get(`/announcements?${query}`, announcementsReply);
      setState((was) => ({
        announcements:
          after === undefined ? reply.announcements : [...(was.announcements ?? []), ...reply.announcements],
        next: reply.next,
        loading: false,
        error: undefined,
      }));
    } catch (error) {
      setState((was) => ({ ...was, loading: false, error }));
    }
  }, []);

  useEffect(() => {
    void load();
    let timer: ReturnType<typeof setTimeout>;
    const loadSoon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void load(), RELOAD_AFTER_MS);
    };
    const ends = [
      connection.on('welcome', loadSoon),
      connection.on('message', ({ event, data }) => {
        const parsed = event === '$receipts' ? receiptsChanged.safeParse(data) : undefined;
        if (parsed?.success !== true) return;
        const { id, counts, state: now, revision } = parsed.data;
        const known = latest.current?.find((one) => one.id === id);
        if (known === undefined || known.state !== now || known.revision !== revision) loadSoon();
        setState((was) => ({
          ...was,
          announcements: was.announcements?.map((one) => (one.id === id ? { ...one, counts } : one)),
        }));
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [load]);

  const after = state.next;
  return {
    announcements: state.announcements,
    loading: state.loading,
    error: state.error,
    older: after === undefined ? undefined : () => void load(after),
    reload: () => void load(),
  };
}

/** `in force until 15:00`, `retracted: wrong berth`. */
export function stateWords(one: AnnouncementWithCounts, now: number): string {
  switch (one.state) {
    case 'live':
      return one.expiresAt === undefined ? 'in force' : `in force until ${shortTime(one.expiresAt, now)}`;
    case 'scheduled':
      return `leaves ${shortTime(one.sentAt ?? one.createdAt, now)}`;
    case 'retracted':
      return one.endReason === undefined ? 'retracted' : `retracted: ${one.endReason}`;
    case 'resolved':
      return `resolved ${shortTime(one.updatedAt, now)}`;
    case 'expired':
      return 'over';
    case 'draft':
      return 'draft';
  }
}
