import type { ExpressionBuilder, Insertable, Selectable } from 'kysely';
import type { z } from 'zod';
import type { receiptsQuery } from '../../shared/api/announcements.ts';
import type { ReceiptCounts } from '../../shared/domain/announcement.ts';
import type { Database } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import { type Receipt, ranks } from './receipts.ts';

type Row = Selectable<Tables['announcementReceipts']>;

/** Rows of one statement: SQLite takes 32,766 values, a row has 16. */
const ROWS_MAX = 1_000;
/** Values of one `in` list. */
const IDS_MAX = 10_000;

function toRow(receipt: Receipt): Insertable<Tables['announcementReceipts']> {
  return {
    ...receipt,
    search: receipt.name.toLowerCase(),
    groups: JSON.stringify(receipt.groups),
    rank: ranks.indexOf(receipt.rank),
  };
}

function fromRow({ search: _, ...row }: Row): Receipt {
  return {
    ...row,
    groups: JSON.parse(row.groups) as string[],
    included: row.included === 1,
    rank: ranks[row.rank] ?? 'none',
    late: row.late === 1,
  };
}

function* chunks<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** Writes receipts, new and changed ones alike. */
export async function save(db: Database, receipts: readonly Receipt[]): Promise<void> {
  for (const some of chunks(receipts, ROWS_MAX)) {
    await db
      .insertInto('announcementReceipts')
      .values(some.map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['announcementId', 'personId']).doUpdateSet((eb) => ({
          included: eb.ref('excluded.included'),
          via: eb.ref('excluded.via'),
          rank: eb.ref('excluded.rank'),
          reachedAt: eb.ref('excluded.reachedAt'),
          deliveredAt: eb.ref('excluded.deliveredAt'),
          seenAt: eb.ref('excluded.seenAt'),
          deferredAt: eb.ref('excluded.deferredAt'),
          acknowledgedAt: eb.ref('excluded.acknowledgedAt'),
          late: eb.ref('excluded.late'),
          answer: eb.ref('excluded.answer'),
          device: eb.ref('excluded.device'),
        })),
      )
      .execute();
  }
}

/** All receipts of one announcement, also of people who are no longer aimed at. */
export async function allOf(db: Database, announcementId: string): Promise<Receipt[]> {
  const rows = await db
    .selectFrom('announcementReceipts')
    .selectAll()
    .where('announcementId', '=', announcementId)
    .execute();
  return rows.map(fromRow);
}

/** The receipts of these people for these announcements, as far as there are any. */
export async function find(
  db: Database,
  announcementIds: readonly string[],
  personIds: readonly string[],
): Promise<Receipt[]> {
  if (announcementIds.length === 0) return [];
  const found: Receipt[] = [];
  for (const some of chunks(personIds, IDS_MAX)) {
    const rows = await db
      .selectFrom('announcementReceipts')
      .selectAll()
      .where('personId', 'in', some)
      .where('announcementId', 'in', announcementIds)
      .execute();
    found.push(...rows.map(fromRow));
  }
  return found;
}

/** Closes the present count: its receipts are kept as they are, beside the ones that follow. */
export async function archive(
  db: Database,
  receipts: readonly Receipt[],
  countRevision: number,
): Promise<void> {
  for (const some of chunks(receipts, ROWS_MAX)) {
    const rows = some.map((receipt) => ({
      announcementId: receipt.announcementId,
      countRevision,
      personId: receipt.personId,
      receipt: JSON.stringify(receipt),
    }));
    await db.insertInto('announcementPastReceipts').values(rows).execute();
  }
}

/** How many people each announcement is aimed at, and how far they are; cumulative (ANN-3). */
export async function counts(
  db: Database,
  announcementIds: readonly string[],
): Promise<Map<string, ReceiptCounts>> {
  if (announcementIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('announcementReceipts')
    .select((eb) => [
      'announcementId',
      eb.fn.countAll<number>().as('targeted'),
      atLeast(eb, 1).as('delivered'),
      atLeast(eb, 2).as('seen'),
      atLeast(eb, 3).as('acknowledged'),
      eb.fn.sum<number>('late').as('late'),
      eb.fn.sum<number>(eb.case().when('reachedAt', 'is', null).then(1).else(0).end()).as('unreachable'),
    ])
    .where('announcementId', 'in', announcementIds)
    .where('included', '=', 1)
    .groupBy('announcementId')
    .execute();
  return new Map(rows.map(({ announcementId, ...counted }) => [announcementId, counted]));
}

function atLeast(eb: ExpressionBuilder<Tables, 'announcementReceipts'>, rank: number) {
  return eb.fn.sum<number>(eb.case().when('rank', '>=', rank).then(1).else(0).end());
}

type Query = z.infer<typeof receiptsQuery>;

/**
 * The receipts of those an announcement is aimed at, by name.
 * @returns `next` is the id of the last person of the page
 */
export async function list(
  db: Database,
  announcementId: string,
  { state, q, limit, after }: Query,
): Promise<{ receipts: Receipt[]; next?: string }> {
  let query = db
    .selectFrom('announcementReceipts')
    .selectAll()
    .where('announcementId', '=', announcementId)
    .where('included', '=', 1);
  if (state === 'unacknowledged') query = query.where('rank', '<', ranks.indexOf('acknowledged'));
  else if (state === 'late') query = query.where('late', '=', 1);
  else if (state === 'unreachable') query = query.where('reachedAt', 'is', null);
  else if (state !== undefined) query = query.where('rank', '=', ranks.indexOf(state));
  if (q !== undefined)
    query = query.where((eb) => eb(eb.fn<number>('instr', ['search', eb.val(q.toLowerCase())]), '>', 0));
  if (after !== undefined)
    query = query.where((eb) =>
      eb(
        eb.refTuple('search', 'personId'),
        '>',
        eb
          .selectFrom('announcementReceipts as last')
          .select(['last.search', 'last.personId'])
          .where('last.announcementId', '=', announcementId)
          .where('last.personId', '=', after)
          .$asTuple('search', 'personId'),
      ),
    );
  const rows = await query
    .orderBy('search')
    .orderBy('personId')
    .limit(limit + 1)
    .execute();
  const receipts = rows.slice(0, limit).map(fromRow);
  const last = receipts.at(-1);
  return rows.length > limit && last ? { receipts, next: last.personId } : { receipts };
}
