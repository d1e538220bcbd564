import { type Board, board } from '../../shared/domain/board.ts';
import type { Database } from '../storage/database.ts';

interface BoardRow {
  id: string;
  slug: string;
  name: string;
  revision: number;
  tiles: string;
  groups: string | null;
  createdAt: number;
  updatedAt: number;
  updatedBy: string | null;
}

function fromRow(row: BoardRow): Board {
  return board.parse({
    ...row,
    tiles: JSON.parse(row.tiles),
    groups: row.groups === null ? undefined : JSON.parse(row.groups),
    updatedBy: row.updatedBy ?? undefined,
  });
}

function toRow(one: Board): BoardRow {
  return {
    ...one,
    tiles: JSON.stringify(one.tiles),
    groups: one.groups === undefined ? null : JSON.stringify(one.groups),
    updatedBy: one.updatedBy ?? null,
  };
}

/** By id or, as addresses carry it, by slug. */
export async function findBoard(db: Database, idOrSlug: string): Promise<Board | undefined> {
  const rows = await db
    .selectFrom('boards')
    .selectAll()
    .where((is) => is.or([is('id', '=', idOrSlug), is('slug', '=', idOrSlug)]))
    .execute();
  const row = rows.find((one) => one.id === idOrSlug) ?? rows[0];
  return row && fromRow(row);
}

/** The next boards in the order of their slugs. */
export async function boardsAfter(db: Database, slug: string, limit: number): Promise<Board[]> {
  const rows = await db
    .selectFrom('boards')
    .selectAll()
    .where('slug', '>', slug)
    .orderBy('slug')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

export async function slugIsTaken(db: Database, slug: string): Promise<boolean> {
  const row = await db.selectFrom('boards').select('id').where('slug', '=', slug).executeTakeFirst();
  return row !== undefined;
}

export async function insertBoard(db: Database, one: Board): Promise<void> {
  await db.insertInto('boards').values(toRow(one)).execute();
}

export async function replaceBoard(db: Database, one: Board): Promise<void> {
  await db.updateTable('boards').set(toRow(one)).where('id', '=', one.id).execute();
}

export async function deleteBoard(db: Database, id: string): Promise<void> {
  await db.deleteFrom('boards').where('id', '=', id).execute();
}
