import { z } from 'zod';
import {
  ackAnswer,
  announcement,
  announcementContent,
  announcementState,
  deliveredAnnouncement,
  receiptCounts,
  receiptRow,
  receiptState,
  severity,
  target,
} from '../domain/announcement.ts';
import { ANNOUNCEMENT_HOLD_MAX_MS, BODY_MAX } from '../limits.ts';
import { listQuery, next } from './common.ts';

export const createAnnouncement = announcementContent.extend({
  /** Keeps it back for so long, so that it can be undone (ANN-4). */
  holdMs: z.int().min(0).max(ANNOUNCEMENT_HOLD_MAX_MS).optional(),
  draft: z.literal(true).optional(),
});

export const updateAnnouncement = announcementContent.partial().extend({
  /** Without the default of a new one: what a patch leaves out stays as it is. */
  body: z.string().max(BODY_MAX).optional(),
  /** `resolved` ends it, `live` sends a draft. */
  state: z.enum(['live', 'resolved']).optional(),
  renotify: z.literal(true).optional(),
  expiresAt: z.number().nullable().optional(),
  nextUpdateAt: z.number().nullable().optional(),
});

export const retractAnnouncement = z.strictObject({ reason: z.string().max(200).optional() });

export const announcementsQuery = z.strictObject({
  ...listQuery,
  state: announcementState.optional(),
  severity: severity.optional(),
  /** `mine`: those aimed at me, as I got them; else all that I may see as a sender. */
  scope: z.enum(['mine', 'all']).optional(),
});

export const announcementWithCounts = announcement.extend({ counts: receiptCounts.optional() });
export type AnnouncementWithCounts = z.infer<typeof announcementWithCounts>;
export const announcementsReply = z.object({ announcements: z.array(announcementWithCounts), next });
/** Answer to `scope=mine`: each as it reached me, without its target. */
export const myAnnouncementsReply = z.object({ announcements: z.array(deliveredAnnouncement), next });

export const reachRequest = z.strictObject({ target });

export const receiptsQuery = z.strictObject({
  ...listQuery,
  state: z
    .enum(['none', 'delivered', 'seen', 'acknowledged', 'unacknowledged', 'late', 'unreachable'])
    .optional(),
  q: z.string().max(80).optional(),
});
export const receiptsReply = z.object({ counts: receiptCounts, receipts: z.array(receiptRow), next });
export type ReceiptsReply = z.infer<typeof receiptsReply>;

export const postReceipt = z.strictObject({
  revision: z.int().min(1),
  state: receiptState,
  answer: ackAnswer.optional(),
});
/** Where I stand after my receipt. */
export const postReceiptReply = deliveredAnnouncement.pick({ mine: true });

/**
 * Data of the server's message `$receipts`, sent to everybody who may send announcements: the counts as they are now,
 * and the receipts that changed since the last one (at most 100; more follow 250 ms later).
 */
export const receiptsChanged = z.object({
  id: z.string(),
  revision: z.int(),
  state: announcementState,
  counts: receiptCounts,
  receipts: z.array(receiptRow),
});
export type ReceiptsChanged = z.infer<typeof receiptsChanged>;
