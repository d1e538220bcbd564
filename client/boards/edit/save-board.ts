import { type Board, boardContent } from '../../../shared/domain/board.ts';
import { ApiError } from '../../api.ts';
import { getBoard, saveBoard } from '../board-api.ts';
import type { Draft } from './draft.ts';

/** What keeps a draft from being saved, in words a person can act on; undefined where nothing does. */
export function faultOf(draft: Draft): string | undefined {
  const checked = boardContent.safeParse({ name: draft.name, tiles: draft.tiles });
  if (checked.success) return undefined;
  const issue = checked.error.issues[0];
  if (issue === undefined) return 'Something in it is not right.';
  const [part, index, ...rest] = issue.path;
  if (part === 'name') return 'The board needs a name.';
  const tile = typeof index === 'number' ? draft.tiles[index] : undefined;
  const where = rest.filter((one) => typeof one === 'string').join(' ');
  return tile === undefined
    ? issue.message
    : `${tile.title || 'A tile'}: ${where} ${issue.message}`.replace('  ', ' ');
}

export type SaveResult =
  | { outcome: 'saved'; board: Board }
  /** Somebody saved meanwhile. `theirs` is what they saved. */
  | { outcome: 'conflict'; theirs: Board; message: string };

/**
 * Saves a draft over the revision it was made on.
 * @throws ApiError for every refusal but a stale revision
 */
export async function saveDraft(id: string, draft: Draft, revision: number): Promise<SaveResult> {
  try {
    const change = { name: draft.name.trim(), tiles: [...draft.tiles] };
    return { outcome: 'saved', board: await saveBoard(id, change, revision) };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 412) throw error;
    return { outcome: 'conflict', theirs: await getBoard(id), message: error.message };
  }
}
