import type { ReceiptRow } from '../../../shared/domain/announcement.ts';
import { type Standing, standingOf, standings } from './receipt-marks.ts';

export type PeopleFilter = 'all' | 'open' | 'unreachable' | 'late';

/** @param asked whether an answer is owed; else it is open until it was seen */
export function matches(row: ReceiptRow, filter: PeopleFilter, asked: boolean): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'open':
      return row.state !== 'acknowledged' && (asked || row.state !== 'seen');
    case 'unreachable':
      return row.state === 'none';
    case 'late':
      return row.late;
  }
}

export function matchesName(row: ReceiptRow, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  return (
    wanted === '' ||
    row.person.name.toLowerCase().includes(wanted) ||
    row.person.groups.some((group) => group.includes(wanted))
  );
}

export interface PeopleGroup {
  standing: Standing;
  rows: ReceiptRow[];
}

/** Who needs help first, then those who are furthest from an answer's end, those who are done last. */
const order: readonly Standing[] = ['urgent', 'seen', 'delivered', 'unreachable', 'acknowledged'];

/** People by where they stand, each group by the time at which they came there. */
export function groupsOf(rows: readonly ReceiptRow[], urgent: ReadonlySet<string>): PeopleGroup[] {
  const byStanding = new Map<Standing, ReceiptRow[]>(standings.map((standing) => [standing, []]));
  for (const row of rows) byStanding.get(standingOf(row, urgent))?.push(row);
  const since = (row: ReceiptRow): number => row.acknowledgedAt ?? row.seenAt ?? row.deliveredAt ?? 0;
  return order.flatMap((standing) => {
    const members = byStanding.get(standing) ?? [];
    if (members.length === 0) return [];
    const sorted = members.sort((a, b) => since(a) - since(b) || a.person.name.localeCompare(b.person.name));
    return [{ standing, rows: sorted }];
  });
}
