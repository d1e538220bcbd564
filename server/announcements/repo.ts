import type { Selectable } from 'kysely';
import type { Announcement, AnnouncementState, Severity } from '../../shared/domain/announcement.ts';
import { AppError, fieldError } from '../errors.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { contentOf } from './life.ts';
import { nextAt, type StoredAnnouncement } from './transition.ts';

type Row = Selectable<Tables['announcements']>;

/** A page of a list; `after` is the `next` of the page before. */
export interface Page {
  limit: number;
  after?: string | undefined;
}

export interface Filter {
  state?: AnnouncementState | undefined;
  severity?: Severity | undefined;
}

function toRow(stored: StoredAnnouncement): Row {
  const { id, revision, state, createdBy, createdAt, updatedAt, sentAt, endReason, nudges } =
    stored.announcement;
  const content = contentOf(stored);
  return {
    id,
    revision,
    state,
    severity: content.severity,
    content: JSON.stringify(content),
    createdById: createdBy.id,
    createdByName: createdBy.name,
    createdAt,
    updatedAt,
    sentAt: sentAt ?? null,
    nextAt: nextAt(stored) ?? null,
    endReason: endReason ?? null,
    nudges,
    countRevision: stored.countRevision,
    repeats: stored.repeats,
  };
}

function fromRow(row: Row): StoredAnnouncement {
  const announcement: Announcement = {
    ...JSON.parse(row.content),
    id: row.id,
    revision: row.revision,
    state: row.state,
    createdBy: { id: row.createdById, name: row.createdByName },
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    nudges: row.nudges,
    ...(row.sentAt !== null && { sentAt: row.sentAt }),
    ...(row.endReason !== null && { endReason: row.endReason }),
  };
  return { announcement, countRevision: row.countRevision, repeats: row.repeats };
}

export async function find(db: Database, ids: readonly string[]): Promise<StoredAnnouncement[]> {
  const rows = await db.selectFrom('announcements').selectAll().where('id', 'in', ids).execute();
  return rows.map(fromRow);
}

/** @throws AppError `notFound` */
export async function load(db: Database, id: string): Promise<StoredAnnouncement> {
  const [stored] = await find(db, [id]);
  if (!stored) throw new AppError('notFound', { message: 'There is no such announcement.' });
  return stored;
}

/** Those in force, and those named, in the order in which they were sent. */
export async function loadLiveAnd(db: Database, ids: readonly string[]): Promise<StoredAnnouncement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where((eb) => eb.or([eb('state', '=', 'live'), ...(ids.length > 0 ? [eb('id', 'in', ids)] : [])]))
    .orderBy('sentAt')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** Drafts, scheduled and live ones together. */
export async function countOpen(db: Database): Promise<number> {
  const { open } = await db
    .selectFrom('announcements')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('state', 'in', ['draft', 'scheduled', 'live'])
    .executeTakeFirstOrThrow();
  return open;
}

export async function insert(db: Database, stored: StoredAnnouncement): Promise<void> {
  await db.insertInto('announcements').values(toRow(stored)).execute();
}

/**
 * Replaces what was loaded.
 * @throws AppError `staleRevision` when somebody else has changed it since
 */
export async function replace(
  db: Database,
  before: StoredAnnouncement,
  after: StoredAnnouncement,
): Promise<void> {
  const { id, revision, state, nudges } = before.announcement;
  const { numUpdatedRows } = await db
    .updateTable('announcements')
    .set(toRow(after))
    .where('id', '=', id)
    .where('revision', '=', revision)
    .where('state', '=', state)
    .where('nudges', '=', nudges)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new AppError('staleRevision');
}

export async function remove(db: Database, id: string): Promise<void> {
  await db.deleteFrom('announcements').where('id', '=', id).execute();
}

/** Ids of those to which something must happen by now, the longest overdue first. */
export async function due(db: Database, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('announcements')
    .select('id')
    .where('nextAt', '<=', now)
    .orderBy('nextAt')
    .execute();
  return rows.map((row) => row.id);
}

/** The next moment at which something must happen to any of them. */
export async function earliest(db: Database): Promise<number | undefined> {
  const row = await db
    .selectFrom('announcements')
    .select((eb) => eb.fn.min('nextAt').as('at'))
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** All of them, the newest first. */
export async function list(
  db: Database,
  { state, severity }: Filter,
  { limit, after }: Page,
): Promise<{ items: StoredAnnouncement[]; next?: string }> {
  let query = db.selectFrom('announcements').selectAll();
  if (state !== undefined) query = query.where('state', '=', state);
  if (severity !== undefined) query = query.where('severity', '=', severity);
  if (after !== undefined) {
    const { at, id } = parseCursor(after);
    query = query.where((eb) => eb(eb.refTuple('createdAt', 'id'), '<', eb.tuple(at, id)));
  }
  const rows = await query
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return page(rows, limit, (row) => row.createdAt);
}

/**
 * What one person got, the newest first: those in force, and those of the past that reached them.
 * @param inForce ids of those in force for this person
 */
export async function listOf(
  db: Database,
  personId: string,
  inForce: readonly string[],
  { state, severity }: Filter,
  { limit, after }: Page,
): Promise<{ items: StoredAnnouncement[]; next?: string }> {
  let query = db
    .selectFrom('announcements')
    .innerJoin('announcementReceipts', 'announcementReceipts.announcementId', 'announcements.id')
    .selectAll('announcements')
    .where('personId', '=', personId)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', 'in', ['resolved', 'retracted', 'expired']), eb('rank', '>', 0)]),
        ...(inForce.length > 0 ? [eb('id', 'in', inForce)] : []),
      ]),
    );
  if (state !== undefined) query = query.where('state', '=', state);
  if (severity !== undefined) query = query.where('severity', '=', severity);
  if (after !== undefined) {
    const { at, id } = parseCursor(after);
    query = query.where((eb) => eb(eb.refTuple('sentAt', 'id'), '<', eb.tuple(at, id)));
  }
  const rows = await query
    .orderBy('sentAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return page(rows, limit, (row) => row.sentAt ?? 0);
}

function page(
  rows: Row[],
  limit: number,
  at: (row: Row) => number,
): { items: StoredAnnouncement[]; next?: string } {
  const items = rows.slice(0, limit).map(fromRow);
  const last = rows[limit - 1];
  return rows.length > limit && last ? { items, next: `${at(last)}.${last.id}` } : { items };
}

function parseCursor(after: string): { at: number; id: string } {
  const [, at, id] = /^(\d{1,16})\.(.+)$/.exec(after) ?? [];
  if (at === undefined || id === undefined)
    throw fieldError('malformed', 'after', 'is not what `next` of a page said');
  return { at: Number(at), id };
}
