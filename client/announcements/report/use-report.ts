import { useCallback, useEffect, useRef, useState } from 'react';
import {
  type AnnouncementWithCounts,
  announcementWithCounts,
  type ReceiptsChanged,
  receiptsChanged,
  receiptsReply,
} from '../../../shared/api/announcements.ts';
import type { ReceiptCounts, ReceiptRow } from '../../../shared/domain/announcement.ts';
import { LIST_MAX } from '../../../shared/limits.ts';
import { ApiError, api } from '../../api.ts';
import { connection } from '../../connection/connection.ts';
import { serverNow } from '../../live/clock.ts';
import { laterCounts, mergeRows } from './receipt-marks.ts';

export interface ReportData {
  announcement: AnnouncementWithCounts;
  counts: ReceiptCounts;
  rows: readonly ReceiptRow[];
  /** When something last changed, in ms of the server's clock. */
  changedAt: number;
}

export interface LiveReport {
  data: ReportData | undefined;
  error: unknown;
  reload: () => void;
}

/** All receipts of an announcement, page after page. */
async function loadRows(
  id: string,
  signal: AbortSignal,
): Promise<{ counts: ReceiptCounts; rows: ReceiptRow[] }> {
  const rows: ReceiptRow[] = [];
  let after: string | undefined;
  for (;;) {
    const query = new URLSearchParams({ limit: String(LIST_MAX), ...(after !== undefined && { after }) });
    const page = await api.get(`/announcements/${id}/receipts?${query}`, receiptsReply, { signal });
    rows.push(...page.receipts);
    if (page.next === undefined) return { counts: page.counts, rows };
    after = page.next;
  }
}

/** A fresh reading; what messages told in the meantime about the same count is not lost to it. */
function taken(
  was: ReportData | undefined,
  announcement: AnnouncementWithCounts,
  read: { counts: ReceiptCounts; rows: ReceiptRow[] },
): ReportData {
  if (was === undefined || was.announcement.revision !== announcement.revision) {
    return { announcement, ...read, changedAt: serverNow() };
  }
  const still = new Set(read.rows.map((row) => row.person.id));
  return {
    announcement,
    counts: laterCounts(was.counts, read.counts),
    rows: mergeRows(
      read.rows,
      was.rows.filter((row) => still.has(row.person.id)),
    ),
    changedAt: was.changedAt,
  };
}

/** The report after the server told of changed receipts. */
function told(was: ReportData, { revision, counts, receipts }: ReceiptsChanged): ReportData {
  if (was.announcement.revision !== revision) return was;
  return { ...was, counts, rows: mergeRows(was.rows, receipts), changedAt: serverNow() };
}

/** Whether the announcement itself changed, or somebody fell out of its audience: then all is read anew. */
function isAnother(now: ReportData, { revision, state, counts }: ReceiptsChanged): boolean {
  const { announcement, rows } = now;
  return announcement.revision !== revision || announcement.state !== state || counts.targeted < rows.length;
}

/**
 * The report of one announcement: read once, then moved by what the server tells its senders; read anew when the line
 * comes back and when the announcement itself changed.
 */
export function useReport(id: string): LiveReport {
  const [data, setData] = useState<ReportData>();
  const [error, setError] = useState<unknown>();
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  const latest = useRef(data);
  latest.current = data;
  // What is not there does not come with the line; to ask again would only repeat the answer.
  const missing = useRef(false);
  missing.current = error instanceof ApiError && error.status === 404;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round reads everything anew
  useEffect(() => {
    const abort = new AbortController();
    const path = `/announcements/${id}`;
    Promise.all([
      api.get(path, announcementWithCounts, { signal: abort.signal }),
      loadRows(id, abort.signal),
    ]).then(
      ([announcement, read]) => {
        setError(undefined);
        setData((was) => taken(was, announcement, read));
      },
      (failure: unknown) => {
        if (!abort.signal.aborted) setError(failure);
      },
    );
    return () => abort.abort();
  }, [id, round]);

  useEffect(() => {
    const ends = [
      connection.on('welcome', () => {
        if (!missing.current) reload();
      }),
      connection.on('message', (message) => {
        if (message.event !== '$receipts') return;
        const parsed = receiptsChanged.safeParse(message.data);
        if (!parsed.success || parsed.data.id !== id) return;
        const change = parsed.data;
        setData((was) => was && told(was, change));
        const now = latest.current;
        if (now === undefined || isAnother(now, change)) reload();
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [id, reload]);

  return { data, error, reload };
}
