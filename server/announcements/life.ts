import type { Announcement, AnnouncementContent } from '../../shared/domain/announcement.ts';
import { newId } from '../secrets.ts';
import { repeatAt, repeatSteps, type StoredAnnouncement, transition } from './transition.ts';

/** A new announcement, as a draft: what it becomes next is a change like any other. */
export function draft(
  content: AnnouncementContent,
  createdBy: Announcement['createdBy'],
  now: number,
): StoredAnnouncement {
  return {
    announcement: {
      ...content,
      id: newId(),
      revision: 1,
      state: 'draft',
      createdBy,
      createdAt: now,
      updatedAt: now,
      nudges: 0,
    },
    countRevision: 1,
    repeats: 0,
  };
}

/** Sends at a time: at once, or scheduled when that time has not come. */
export function sendAt(stored: StoredAnnouncement, at: number, now: number): StoredAnnouncement {
  const { state } = stored.announcement;
  const next = transition(state, at > now ? 'schedule' : 'send');
  return withChange(stored, { state: next, sentAt: Math.max(at, now) });
}

/**
 * Ends it. Those who have it must be able to tell this from a repeat, so its revision rises.
 * @param endReason why, in the sender's words
 */
export function end(
  stored: StoredAnnouncement,
  event: 'retract' | 'expire',
  now: number,
  endReason?: string,
): StoredAnnouncement {
  const { state, revision } = stored.announcement;
  return withChange(stored, {
    state: transition(state, event),
    revision: revision + 1,
    updatedAt: now,
    ...(endReason !== undefined && { endReason }),
  });
}

/** Asks those again who have not acknowledged. Nothing of the text changes, so the revision stays. */
export function nudge(stored: StoredAnnouncement): StoredAnnouncement {
  const { state, nudges } = stored.announcement;
  return withChange(stored, { state: transition(state, 'nudge'), nudges: nudges + 1 });
}

/** What the passing of time makes of an announcement. */
export interface Passed {
  after: StoredAnnouncement;
  /** Only those who have not acknowledged are told. */
  nudge: boolean;
}

/**
 * @param unacknowledged how many people have not acknowledged: without any, repeats are only ticked off
 * @returns undefined when nothing is due
 */
export function passTime(
  stored: StoredAnnouncement,
  now: number,
  unacknowledged: number,
): Passed | undefined {
  const { state, sentAt = now, expiresAt, repeat } = stored.announcement;
  const isOver = expiresAt !== undefined && expiresAt <= now;
  if (state === 'scheduled') {
    if (sentAt > now) return undefined;
    return { after: isOver ? end(stored, 'expire', now) : sendAt(stored, now, now), nudge: false };
  }
  if (state !== 'live') return undefined;
  if (isOver) return { after: end(stored, 'expire', now), nudge: false };
  const due = repeatAt(stored.announcement, stored.repeats);
  if (repeat === undefined || due === undefined || due > now) return undefined;
  // Repeats that were missed while nothing ran become one.
  const repeats = Math.min(repeatSteps(repeat), Math.floor((now - sentAt) / (repeat.everyMinutes * 60_000)));
  const counted = { ...stored, repeats };
  if (unacknowledged === 0) return { after: counted, nudge: true };
  if (repeats <= repeat.times || repeat.thenGroup === undefined)
    return { after: nudge(counted), nudge: true };
  return { after: escalate(counted, repeat.thenGroup, now), nudge: false };
}

/** Aims it at one more group, because too few have answered. */
function escalate(stored: StoredAnnouncement, group: string, now: number): StoredAnnouncement {
  const { target, revision } = stored.announcement;
  const groups = [...new Set([...(target.groups ?? []), group])];
  return withChange(stored, { target: { ...target, groups }, revision: revision + 1, updatedAt: now });
}

interface EditOptions {
  now: number;
  event: 'edit' | 'resolve';
  /** Begins a new count of receipts. */
  recount: boolean;
}

/** An edit of the text or the target, which may be the last word. */
export function edit(
  stored: StoredAnnouncement,
  content: AnnouncementContent,
  { now, event, recount }: EditOptions,
): StoredAnnouncement {
  const { id, state, createdBy, createdAt, sentAt, endReason, nudges } = stored.announcement;
  const revision = stored.announcement.revision + 1;
  return {
    announcement: {
      ...content,
      id,
      revision,
      state: transition(state, event),
      createdBy,
      createdAt,
      updatedAt: now,
      nudges,
      ...(sentAt !== undefined && { sentAt }),
      ...(endReason !== undefined && { endReason }),
    },
    countRevision: recount ? revision : stored.countRevision,
    repeats: stored.repeats,
  };
}

/** The sender's part of an announcement. */
export function contentOf({ announcement }: StoredAnnouncement): AnnouncementContent {
  const { id, revision, state, createdBy, createdAt, updatedAt, sentAt, endReason, nudges, ...content } =
    announcement;
  return content;
}

function withChange(stored: StoredAnnouncement, change: Partial<Announcement>): StoredAnnouncement {
  return { ...stored, announcement: { ...stored.announcement, ...change } };
}
