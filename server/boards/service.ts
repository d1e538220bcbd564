import type { z } from 'zod';
import type { BoardSummary, boardsQuery, updateBoard } from '../../shared/api/boards.ts';
import type { Board, BoardContent } from '../../shared/domain/board.ts';
import { slugify } from '../../shared/domain/ids.ts';
import type { Account } from '../auth/account.ts';
import { authorise, can } from '../auth/authorise.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import { newId } from '../secrets.ts';
import type { Database } from '../storage/database.ts';
import { boardsAfter, deleteBoard, findBoard, insertBoard, replaceBoard, slugIsTaken } from './repo.ts';

export interface BoardsParts {
  db: Database;
  bus: Bus;
  clock: () => number;
  groups(): Promise<readonly { id: string }[]>;
  /** People and walls that have a board open. */
  viewers(boardId: string): { viewers: number; walls: number };
  /** Told after a board was made, saved or deleted. */
  changed(board: Board, what: 'made' | 'saved' | 'deleted'): void;
}

/** Rows of one read of the list; those the reader may not see are passed over. */
const READ_AT_ONCE = 100;

/** Also for boards that exist, but not for this reader. */
const notFound = (): AppError => new AppError('notFound', { message: 'There is no such board.' });

/** Boards as documents with a revision. Whoever saves over somebody else's newer revision is told (LST-1). */
export class BoardsService {
  readonly #parts: BoardsParts;

  constructor(parts: BoardsParts) {
    this.#parts = parts;
  }

  /** Those the account may see, in the order of their slugs. */
  async list(
    account: Account,
    { after = '', limit }: z.infer<typeof boardsQuery>,
  ): Promise<{ boards: BoardSummary[]; next?: string }> {
    authorise(account, { do: 'board.read', groups: undefined });
    const { db, viewers } = this.#parts;
    const boards: BoardSummary[] = [];
    for (let from = after; ; ) {
      const page = await boardsAfter(db, from, READ_AT_ONCE);
      for (const one of page) {
        if (!can(account, { do: 'board.read', groups: one.groups })) continue;
        if (boards.length === limit) return { boards, next: boards.at(-1)?.slug ?? '' };
        boards.push({ ...one, ...viewers(one.id) });
      }
      if (page.length < READ_AT_ONCE) return { boards };
      from = page.at(-1)?.slug ?? '';
    }
  }

  /** Of all boards, whoever may see them: what an announcement can be aimed at. */
  names(): Promise<{ id: string; name: string }[]> {
    return this.#parts.db.selectFrom('boards').select(['id', 'name']).orderBy('slug').execute();
  }

  /** @throws AppError `notFound`, also where the board is not for this account */
  async get(account: Account, idOrSlug: string): Promise<Board> {
    authorise(account, { do: 'board.read', groups: undefined });
    const found = await findBoard(this.#parts.db, idOrSlug);
    if (!found || !can(account, { do: 'board.read', groups: found.groups })) throw notFound();
    return found;
  }

  async create(account: Account, content: BoardContent): Promise<Board> {
    authorise(account, { do: 'board.edit' });
    await this.#refuseUnknownGroups(content.groups);
    const { db, clock, changed } = this.#parts;
    const made = await db
      .transaction()
      .execute((trx) => createBoard(trx, content, { at: clock(), by: account.name }));
    changed(made, 'made');
    return made;
  }

  /**
   * @param revision the one the change was made on; undefined: whatever is there
   * @throws AppError `staleRevision`
   */
  async update(
    account: Account,
    idOrSlug: string,
    change: z.infer<typeof updateBoard>,
    revision: number | undefined,
  ): Promise<Board> {
    authorise(account, { do: 'board.edit' });
    await this.#refuseUnknownGroups(change.groups);
    const { db, bus, clock, changed } = this.#parts;
    const saved = await db.transaction().execute(async (trx) => {
      const before = await findAtRevision(trx, idOrSlug, revision);
      const after: Board = {
        ...before,
        ...(change.name !== undefined && { name: change.name }),
        ...(change.tiles && { tiles: change.tiles }),
        ...(change.groups && { groups: change.groups }),
        revision: before.revision + 1,
        updatedAt: clock(),
        updatedBy: account.name,
      };
      await replaceBoard(trx, after);
      return after;
    });
    changed(saved, 'saved');
    tellViewers(bus, saved.id, { revision: saved.revision });
    return saved;
  }

  async remove(account: Account, idOrSlug: string, revision: number | undefined): Promise<void> {
    authorise(account, { do: 'board.edit' });
    const { db, bus, changed } = this.#parts;
    const removed = await db.transaction().execute(async (trx) => {
      const found = await findAtRevision(trx, idOrSlug, revision);
      await deleteBoard(trx, found.id);
      return found;
    });
    changed(removed, 'deleted');
    tellViewers(bus, removed.id, { deleted: true });
  }

  async #refuseUnknownGroups(groups: readonly string[] | undefined): Promise<void> {
    if (!groups || groups.length === 0) return;
    const known = new Set((await this.#parts.groups()).map((one) => one.id));
    const unknown = groups.findIndex((id) => !known.has(id));
    if (unknown >= 0) throw fieldError('malformed', `groups/${unknown}`, 'there is no group with this id');
  }
}

/** Makes a board within a transaction, under the first free slug of its name. */
export async function createBoard(
  trx: Database,
  content: BoardContent,
  made: { at: number; by: string },
): Promise<Board> {
  const wanted = slugify(content.name, 'board');
  let slug = wanted;
  for (let number = 2; await slugIsTaken(trx, slug); number++) slug = `${wanted}-${number}`;
  const one: Board = {
    ...content,
    id: newId(),
    slug,
    revision: 1,
    createdAt: made.at,
    updatedAt: made.at,
    updatedBy: made.by,
  };
  await insertBoard(trx, one);
  return one;
}

async function findAtRevision(trx: Database, idOrSlug: string, revision: number | undefined): Promise<Board> {
  const found = await findBoard(trx, idOrSlug);
  if (!found) throw notFound();
  if (revision === undefined || revision === found.revision) return found;
  throw new AppError('staleRevision', {
    message: `${found.updatedBy ?? 'Somebody'} saved revision ${found.revision} meanwhile; load it first.`,
  });
}

/** Screens that show the board load it anew. */
function tellViewers(bus: Bus, board: string, news: { revision: number } | { deleted: true }): void {
  bus.publish('send', {
    to: { boards: [board] },
    message: { type: 'message', event: '$board', data: { board, ...news } },
  });
}
