import type { ColumnType } from 'kysely';
import type { Role } from '../../shared/domain/account.ts';
import type { AnnouncementState, Severity } from '../../shared/domain/announcement.ts';

/**
 * Row types of app.db, one section for each feature. Columns are named in camelCase as in the code; times are ms since
 * 1970 UTC; documents are JSON text. SQLite has no booleans: such columns are `ColumnType<number, boolean, boolean>`.
 */
export interface Tables {
  /** Migrations that have been applied. */
  migrations: { name: string; appliedAt: number };

  // people, groups, sessions, invites, keys

  settings: { name: string; value: string };
  people: {
    id: string;
    login: string;
    name: string;
    role: Role;
    disabled: ColumnType<number, boolean, boolean>;
    /** argon2id in PHC form; null until an invited person has chosen a password. */
    passwordHash: string | null;
    createdAt: number;
  };
  groups: { id: string; name: string; createdAt: number };
  memberships: { personId: string; groupId: string };
  sessions: {
    id: string;
    /** SHA-256 of the cookie's value: a stolen table signs nobody in. */
    tokenHash: string;
    personId: string;
    createdAt: number;
  };
  /** At most one open invite per person; a new one replaces the old. */
  invites: { personId: string; tokenHash: string; expiresAt: number };
  keys: {
    id: string;
    name: string;
    role: Role | null;
    /** JSON array of scopes. */
    scopes: string;
    secretHash: string;
    hint: string;
    createdAt: number;
    createdBy: string;
    expiresAt: number | null;
    lastUsedAt: number | null;
  };

  // boards

  boards: {
    id: string;
    slug: string;
    name: string;
    revision: number;
    /** JSON array of tiles. */
    tiles: string;
    /** JSON array of group ids; null: open to everybody. */
    groups: string | null;
    createdAt: number;
    updatedAt: number;
    updatedBy: string | null;
  };

  // announcements, receipts

  announcements: {
    id: string;
    revision: number;
    state: AnnouncementState;
    severity: Severity;
    /** AnnouncementContent as JSON. */
    content: string;
    createdById: string;
    createdByName: string;
    createdAt: number;
    updatedAt: number;
    /** When it went, or will go, live. */
    sentAt: number | null;
    /** When something must happen to it by itself. */
    nextAt: number | null;
    endReason: string | null;
    nudges: number;
    /** The revision that began the present count of receipts. */
    countRevision: number;
    /** How many of the repeats that the sender ordered are done. */
    repeats: number;
  };
  announcementReceipts: {
    announcementId: string;
    personId: string;
    name: string;
    /** The name in small letters: what a report is searched and sorted by. */
    search: string;
    /** JSON array of group ids. */
    groups: string;
    included: ColumnType<number, boolean, boolean>;
    via: 'directory' | 'presence';
    /** 0 none, 1 delivered, 2 seen, 3 acknowledged. */
    rank: number;
    reachedAt: number | null;
    deliveredAt: number | null;
    seenAt: number | null;
    deferredAt: number | null;
    acknowledgedAt: number | null;
    late: ColumnType<number, boolean, boolean>;
    answer: string | null;
    device: string | null;
  };
  announcementPastReceipts: {
    announcementId: string;
    countRevision: number;
    personId: string;
    /** The receipt as JSON. */
    receipt: string;
  };
}
