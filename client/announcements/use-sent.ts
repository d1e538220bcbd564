import { useEffect, useRef } from 'react';
import {
  type AnnouncementWithCounts,
  announcementsReply,
  receiptsChanged,
} from '../../shared/api/announcements.ts';
import { api } from '../api.ts';
import { connection } from '../connection/connection.ts';
import { type Paged, type PageOf, usePaged } from '../use-paged.ts';
import { shortTime } from './when.ts';

const PAGE = 100;
/** A burst of changes asks for the list once. */
const RELOAD_AFTER_MS = 500;

async function load(after: string | undefined, signal: AbortSignal): Promise<PageOf<AnnouncementWithCounts>> {
  const query = new URLSearchParams({ scope: 'all', limit: String(PAGE), ...(after && { after }) });
  const reply = await api.get(`/announcements?${query}`, announcementsReply, { signal });
  return { items: reply.announcements, next: reply.next };
}

export type Sent = Paged<AnnouncementWithCounts>;

/** What was sent, with its counts moving; read anew when something was sent or ended. */
export function useSent(): Sent {
  const sent = usePaged(load);
  const { items, reload, change } = sent;
  const latest = useRef(items);
  latest.current = items;

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const loadSoon = (): void => {
      clearTimeout(timer);
      timer = setTimeout(reload, RELOAD_AFTER_MS);
    };
    const ends = [
      connection.on('welcome', loadSoon),
      connection.on('message', ({ event, data }) => {
        const parsed = event === '$receipts' ? receiptsChanged.safeParse(data) : undefined;
        if (parsed?.success !== true) return;
        const { id, counts, state: now, revision } = parsed.data;
        const known = latest.current?.find((one) => one.id === id);
        if (known === undefined || known.state !== now || known.revision !== revision) loadSoon();
        change((list) => list.map((one) => (one.id === id ? { ...one, counts } : one)));
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [reload, change]);

  return sent;
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
