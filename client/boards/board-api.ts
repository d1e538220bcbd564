import { type BoardSummary, boardsReply } from '../../shared/api/boards.ts';
import { type ChannelInfo, channelsReply, historyReply } from '../../shared/api/publications.ts';
import { type Board, type BoardContent, board } from '../../shared/domain/board.ts';
import { LIST_MAX } from '../../shared/limits.ts';
import { api } from '../api.ts';
import { listAll } from '../list-all.ts';

const at = (idOrSlug: string): string => `/boards/${encodeURIComponent(idOrSlug)}`;

/** All boards that this person may see, in the order of their slugs. */
export function listBoards(signal?: AbortSignal): Promise<BoardSummary[]> {
  return listAll('/boards', boardsReply, (reply) => reply.boards, signal);
}

/** @throws ApiError `notFound`, also for a board that is not for this person */
export function getBoard(idOrSlug: string, signal?: AbortSignal): Promise<Board> {
  return api.get(at(idOrSlug), board, signal === undefined ? {} : { signal });
}

export function createBoard(content: BoardContent): Promise<Board> {
  return api.post('/boards', content, board);
}

/**
 * @param revision the one the change was made on
 * @throws ApiError `staleRevision` (412) when somebody saved meanwhile
 */
export function saveBoard(id: string, change: Partial<BoardContent>, revision: number): Promise<Board> {
  return api.patch(at(id), change, board, { ifMatch: revision });
}

/** @throws ApiError `staleRevision` when somebody saved since it was read */
export function deleteBoard({ id, revision }: Pick<Board, 'id' | 'revision'>): Promise<void> {
  return api.delete(at(id), undefined, { ifMatch: revision });
}

/** Channels that this person may read, with head, rate and last time. */
export async function listChannels(signal?: AbortSignal): Promise<ChannelInfo[]> {
  const options = signal === undefined ? {} : { signal };
  return (await api.get(`/channels?limit=${LIST_MAX}`, channelsReply, options)).channels;
}

/** The newest datum of a channel; undefined where nothing was published yet. */
export async function newestDatum({ channel, offset }: ChannelInfo, signal?: AbortSignal): Promise<unknown> {
  if (offset === 0) return undefined;
  const path = `/channels/${encodeURIComponent(channel)}/history?after=${offset - 1}&limit=1`;
  const reply = await api.get(path, historyReply, signal === undefined ? {} : { signal });
  return reply.publications?.at(-1)?.data;
}
