import type { Announcement, ReceiptCounts, ReceiptRow } from '../../../shared/domain/announcement.ts';
import { rankOf } from '../announcement-state.ts';

/** Where a person stands on the bar, from the end of the road to its beginning. */
export const standings = ['urgent', 'acknowledged', 'seen', 'delivered', 'unreachable'] as const;
export type Standing = (typeof standings)[number];

/** Beyond so many people single squares are too small to be people; they merge into a bar. */
export const MARKS_MAX = 200;

/** Answers that the sender marked as urgent. */
export function urgentAnswers(announcement: Pick<Announcement, 'acknowledge'>): ReadonlySet<string> {
  const choices = announcement.acknowledge?.choices ?? [];
  return new Set(choices.filter((choice) => choice.urgent).map((choice) => choice.text));
}

export function standingOf(row: Pick<ReceiptRow, 'state' | 'answer'>, urgent: ReadonlySet<string>): Standing {
  if (row.answer !== undefined && urgent.has(row.answer)) return 'urgent';
  return row.state === 'none' ? 'unreachable' : row.state;
}

/** How many stand where; the counts of the server are cumulative, these add up to `targeted`. */
export function shares(counts: ReceiptCounts, urgent: number): Record<Standing, number> {
  return {
    urgent,
    acknowledged: Math.max(0, counts.acknowledged - urgent),
    seen: Math.max(0, counts.seen - counts.acknowledged),
    delivered: Math.max(0, counts.delivered - counts.seen),
    unreachable: Math.max(0, counts.targeted - counts.delivered),
  };
}

/** How many gave each answer, in the order in which the sender offered them; answers no longer offered follow. */
export function answerCounts(
  announcement: Pick<Announcement, 'acknowledge'>,
  rows: readonly ReceiptRow[],
): { text: string; urgent: boolean; rows: ReceiptRow[] }[] {
  const urgent = urgentAnswers(announcement);
  const offered = announcement.acknowledge?.choices?.map((choice) => choice.text) ?? [];
  const byAnswer = new Map<string, ReceiptRow[]>(offered.map((text) => [text, []]));
  for (const row of rows) {
    if (row.answer === undefined) continue;
    const same = byAnswer.get(row.answer);
    if (same === undefined) byAnswer.set(row.answer, [row]);
    else same.push(row);
  }
  return [...byAnswer].map(([text, given]) => ({ text, urgent: urgent.has(text), rows: given }));
}

/**
 * Rows of one count, the newer reading of each person. A rank never goes back (ANN-3), so of two readings that overtook
 * each other the higher one is the newer. The order of first appearance is kept.
 */
export function mergeRows(known: readonly ReceiptRow[], changed: readonly ReceiptRow[]): ReceiptRow[] {
  const byPerson = new Map(known.map((row) => [row.person.id, row]));
  for (const row of changed) {
    const was = byPerson.get(row.person.id);
    if (was === undefined || rankOf(row.state) >= rankOf(was.state)) byPerson.set(row.person.id, row);
  }
  return [...byPerson.values()];
}

/** Of two readings of one count the one in which more has happened: a message may overtake an answer on its way. */
export function laterCounts(a: ReceiptCounts, b: ReceiptCounts): ReceiptCounts {
  const sum = (counts: ReceiptCounts): number => counts.delivered + counts.seen + counts.acknowledged;
  return sum(b) >= sum(a) ? b : a;
}
