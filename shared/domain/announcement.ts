import { z } from 'zod';
import { BODY_MAX, TITLE_MAX } from '../limits.ts';
import { boardId, groupId } from './ids.ts';

/** In rising order of urgency. */
export const severities = ['info', 'success', 'warning', 'critical'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

export const announcementState = z.enum(['draft', 'scheduled', 'live', 'resolved', 'retracted', 'expired']);
export type AnnouncementState = z.infer<typeof announcementState>;

const except = z.strictObject({
  groups: z.array(groupId).max(100).optional(),
  people: z.array(z.string().max(64)).max(1_000).optional(),
});

export const target = z
  .strictObject({
    everyone: z.literal(true).optional(),
    groups: z.array(groupId).max(100).optional(),
    people: z.array(z.string().max(64)).max(1_000).optional(),
    boards: z.array(boardId).max(100).optional(),
    walls: z.array(z.string().max(64)).max(100).optional(),
    tags: z.array(z.string().max(64)).max(100).optional(),
    except: except.optional(),
  })
  .refine(
    (to) =>
      to.everyone === true ||
      [to.groups, to.people, to.boards, to.walls, to.tags].some((list) => list?.length),
    'says whom to reach: everyone, or at least one of groups, people, boards, walls, tags',
  );
export type Target = z.infer<typeof target>;

/** How a person answered a must-acknowledge announcement. */
export const ackAnswer = z.string().min(1).max(60);

export const acknowledge = z.strictObject({
  choices: z
    .array(z.strictObject({ text: ackAnswer, urgent: z.literal(true).optional() }))
    .min(1)
    .max(5)
    .optional(),
  /** After this time an answer counts as late. */
  lateAt: z.number().optional(),
});

export const surfaces = z.strictObject({
  dialog: z.boolean().optional(),
  takeover: z.boolean().optional(),
  sound: z.boolean().optional(),
});

/** What a sender writes; the rest of an announcement is the server's. */
export const announcementContent = z.strictObject({
  severity,
  title: z.string().trim().min(1).max(TITLE_MAX),
  body: z.string().max(BODY_MAX).default(''),
  target,
  drill: z.literal(true).optional(),
  acknowledge: acknowledge.optional(),
  startsAt: z.number().optional(),
  expiresAt: z.number().optional(),
  nextUpdateAt: z.number().optional(),
  repeat: z
    .strictObject({
      everyMinutes: z.int().min(1).max(1_440),
      times: z.int().min(1).max(100),
      thenGroup: groupId.optional(),
    })
    .optional(),
  surfaces: surfaces.optional(),
});
export type AnnouncementContent = z.infer<typeof announcementContent>;

export const announcement = announcementContent.extend({
  id: z.string(),
  revision: z.int(),
  state: announcementState,
  createdBy: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.number(),
  updatedAt: z.number(),
  /** When it went, or will go, live. */
  sentAt: z.number().optional(),
  /** Why it was retracted, in the sender's words. */
  endReason: z.string().optional(),
  nudges: z.int(),
});
export type Announcement = z.infer<typeof announcement>;

export const receiptState = z.enum(['delivered', 'seen', 'deferred', 'acknowledged']);
export type ReceiptState = z.infer<typeof receiptState>;

/** Where a person stands; `none` until the first receipt. Ranked, never goes back (ANN-3). */
export const receiptRank = z.enum(['none', 'delivered', 'seen', 'acknowledged']);
export type ReceiptRank = z.infer<typeof receiptRank>;

/** An announcement as it reaches one person, with that person's own state. */
export const deliveredAnnouncement = announcement.omit({ target: true }).extend({
  mine: z.object({
    state: receiptRank,
    answer: z.string().optional(),
    deferredAt: z.number().optional(),
  }),
});
export type DeliveredAnnouncement = z.infer<typeof deliveredAnnouncement>;

export const receiptCounts = z.object({
  targeted: z.int(),
  delivered: z.int(),
  seen: z.int(),
  acknowledged: z.int(),
  late: z.int(),
  unreachable: z.int(),
});
export type ReceiptCounts = z.infer<typeof receiptCounts>;

export const receiptRow = z.object({
  person: z.object({ id: z.string(), name: z.string(), groups: z.array(z.string()) }),
  state: receiptRank,
  online: z.boolean(),
  late: z.boolean(),
  deliveredAt: z.number().optional(),
  seenAt: z.number().optional(),
  deferredAt: z.number().optional(),
  acknowledgedAt: z.number().optional(),
  answer: z.string().optional(),
  device: z.string().optional(),
});
export type ReceiptRow = z.infer<typeof receiptRow>;

/** Whom a target reaches at this moment. Walls and programs are screens, never people (ANN-2). */
export const reach = z.object({
  people: z.int(),
  online: z.int(),
  devices: z.int(),
  offline: z.int(),
  unreachable: z.int(),
  screens: z.int(),
  /** People that more than one part of the target names. */
  overlap: z.int(),
  /** Per part of the target, as the sender named it: how many people it brings. */
  parts: z.array(
    z.object({
      kind: z.enum(['everyone', 'group', 'person', 'board', 'wall', 'tag']),
      id: z.string(),
      name: z.string(),
      people: z.int(),
      online: z.int(),
    }),
  ),
  /** Names behind the numbers, at most 50 each. */
  names: z.object({
    online: z.array(z.string()),
    offline: z.array(z.string()),
    unreachable: z.array(z.string()),
  }),
});
export type Reach = z.infer<typeof reach>;
