import type {
  Announcement,
  DeliveredAnnouncement,
  ReceiptRank,
  ReceiptState,
} from '../../shared/domain/announcement.ts';
import { AppError, fieldError } from '../errors.ts';
import type { Member, MembershipBy } from './targets.ts';

/** Where one person stands with one announcement. Times are the server's, in ms since 1970. */
export interface Receipt {
  readonly announcementId: string;
  readonly personId: string;
  /** As they were when it was aimed at them: a report stays readable when people leave. */
  readonly name: string;
  readonly groups: readonly string[];
  /** Aimed at them now. False: an edit or a change of groups took them out; the receipt is kept all the same. */
  included: boolean;
  via: MembershipBy;
  rank: ReceiptRank;
  /** First moment since it was sent at which they had a connection. */
  reachedAt: number | null;
  deliveredAt: number | null;
  seenAt: number | null;
  deferredAt: number | null;
  acknowledgedAt: number | null;
  late: boolean;
  answer: string | null;
  device: string | null;
}

/** What a client reports; `device` is what it says of itself. */
export interface ReceiptReport {
  revision: number;
  state: ReceiptState;
  answer?: string | undefined;
  device?: string | undefined;
}

/** In rising order; a higher rank implies the lower ones (ANN-3). */
export const ranks: readonly ReceiptRank[] = ['none', 'delivered', 'seen', 'acknowledged'];

const NOTHING_YET = {
  rank: 'none',
  deliveredAt: null,
  seenAt: null,
  deferredAt: null,
  acknowledgedAt: null,
  late: false,
  answer: null,
  device: null,
} as const satisfies Partial<Receipt>;

/** @param reachedAt the present moment when they have a connection, else null */
export function newReceipt(
  announcementId: string,
  { id, name, groups, via }: Member,
  reachedAt: number | null,
): Receipt {
  return { announcementId, personId: id, name, groups, included: true, via, reachedAt, ...NOTHING_YET };
}

/** Begins a new count: as if it had just been sent to them. */
export function recount(receipt: Receipt, reachedAt: number | null): Receipt {
  return { ...receipt, ...NOTHING_YET, reachedAt };
}

export function mineOf(receipt: Receipt | undefined): DeliveredAnnouncement['mine'] {
  return {
    state: receipt?.rank ?? 'none',
    ...(receipt?.answer != null && { answer: receipt.answer }),
    ...(receipt?.deferredAt != null && { deferredAt: receipt.deferredAt }),
  };
}

/** The announcement as it reaches one person: without its target, with their own state. */
export function asDelivered(announcement: Announcement, receipt?: Receipt): DeliveredAnnouncement {
  const { target: _, ...rest } = announcement;
  return { ...rest, mine: mineOf(receipt) };
}

/**
 * Refuses a report that cannot be true.
 * @throws AppError `malformed` (revision or answer), `staleRevision` (the count began anew since), `conflict` (it ended
 *   before it reached this person)
 */
export function checkReport(
  announcement: Announcement,
  countRevision: number,
  receipt: Receipt,
  report: ReceiptReport,
): void {
  if (report.revision > announcement.revision)
    throw fieldError('malformed', 'revision', `the newest revision is ${announcement.revision}`);
  if (report.revision < countRevision) throw new AppError('staleRevision');
  if (announcement.state !== 'live' && receipt.rank === 'none')
    throw new AppError('conflict', { message: `This announcement is ${announcement.state}.` });
  checkAnswer(announcement, report);
}

function checkAnswer({ acknowledge }: Announcement, { state, answer }: ReceiptReport): void {
  const choices = acknowledge?.choices?.map((choice) => choice.text) ?? [];
  if (state === 'acknowledged' && choices.length > 0) {
    if (answer !== undefined && choices.includes(answer)) return;
    throw fieldError('malformed', 'answer', `must be one of: ${choices.join(', ')}`);
  }
  if (answer === undefined) return;
  throw fieldError(
    'malformed',
    'answer',
    state === 'acknowledged' ? 'this announcement offers no answers' : 'stands only beside acknowledged',
  );
}

/**
 * Takes a checked report into a receipt. The rank never goes back and the first time of each rank stays, so that a
 * repeat changes nothing; of two answers the first one counts.
 * @param lateAt after this time an acknowledgement is late
 * @returns whether anything changed
 * @see docs/protocol.md ANN-3
 */
export function advance(
  receipt: Receipt,
  report: ReceiptReport,
  now: number,
  lateAt: number | undefined,
): boolean {
  if (report.state === 'deferred') {
    if (receipt.rank === 'acknowledged') return false;
    receipt.deferredAt = now;
    return true;
  }
  if (ranks.indexOf(report.state) <= ranks.indexOf(receipt.rank)) return false;
  receipt.rank = report.state;
  receipt.reachedAt ??= now;
  receipt.deliveredAt ??= now;
  if (report.state !== 'delivered') receipt.seenAt ??= now;
  if (report.state === 'acknowledged') {
    receipt.acknowledgedAt = now;
    receipt.answer = report.answer ?? null;
    receipt.late = lateAt !== undefined && now > lateAt;
  }
  receipt.device = report.device ?? receipt.device;
  return true;
}
