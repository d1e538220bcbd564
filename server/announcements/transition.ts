import type { Announcement, AnnouncementState } from '../../shared/domain/announcement.ts';
import { AppError } from '../errors.ts';

/** What can happen to an announcement. `schedule` also stands for the hold after sending, in which it can be undone. */
export type AnnouncementEvent =
  | 'edit'
  | 'schedule'
  | 'send'
  | 'nudge'
  | 'resolve'
  | 'retract'
  | 'expire'
  | 'delete';

type Moves = Partial<Record<AnnouncementEvent, AnnouncementState>>;

/**
 * draft ──▶ scheduled ──▶ live ──▶ resolved | retracted | expired
 *
 * What has ended stays as it ended. Retracting twice is one retraction: a press of Undo may be repeated on a bad line.
 */
const moves: Record<AnnouncementState, Moves> = {
  draft: { edit: 'draft', schedule: 'scheduled', send: 'live', delete: 'draft' },
  scheduled: {
    edit: 'scheduled',
    schedule: 'scheduled',
    send: 'live',
    retract: 'retracted',
    expire: 'expired',
    delete: 'scheduled',
  },
  live: { edit: 'live', nudge: 'live', resolve: 'resolved', retract: 'retracted', expire: 'expired' },
  resolved: {},
  retracted: { retract: 'retracted' },
  expired: {},
};

const done: Record<AnnouncementEvent, string> = {
  edit: 'edited',
  schedule: 'scheduled',
  send: 'sent',
  nudge: 'repeated to those who have not acknowledged',
  resolve: 'resolved',
  retract: 'retracted',
  expire: 'ended',
  delete: 'deleted',
};

/**
 * The state after an event; the one place that says which changes there are.
 * @throws AppError `conflict` when this cannot happen to an announcement in that state
 * @see docs/protocol.md ANN-3, ANN-4
 */
export function transition(state: AnnouncementState, event: AnnouncementEvent): AnnouncementState {
  const after = moves[state][event];
  if (after !== undefined) return after;
  throw new AppError('conflict', { message: `This announcement is ${state}: it cannot be ${done[event]}.` });
}

/** An announcement beside what only the server knows of it. */
export interface StoredAnnouncement {
  announcement: Announcement;
  /** The revision that began the present count of receipts (ANN-3). */
  countRevision: number;
  /** How many of the repeats that the sender ordered are done. */
  repeats: number;
}

/** When something must happen to it by itself (ms since 1970); undefined: never. */
export function nextAt({ announcement, repeats }: StoredAnnouncement): number | undefined {
  if (announcement.state === 'scheduled') return announcement.sentAt;
  if (announcement.state !== 'live') return undefined;
  const times = [announcement.expiresAt, repeatAt(announcement, repeats)].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** When the next repeat is due (ms since 1970); undefined: none is left. */
export function repeatAt({ repeat, sentAt }: Announcement, repeats: number): number | undefined {
  if (repeat === undefined || sentAt === undefined || repeats >= repeatSteps(repeat)) return undefined;
  return sentAt + (repeats + 1) * repeat.everyMinutes * 60_000;
}

/** How often something is done: each repeat, and after the last one telling `thenGroup`. */
export function repeatSteps({ times, thenGroup }: NonNullable<Announcement['repeat']>): number {
  return times + (thenGroup === undefined ? 0 : 1);
}
