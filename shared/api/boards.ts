import { z } from 'zod';
import { board, boardContent } from '../domain/board.ts';
import { listQuery, next } from './common.ts';

export const createBoard = boardContent;
export const updateBoard = z.strictObject({
  name: boardContent.shape.name.optional(),
  tiles: boardContent.shape.tiles.optional(),
  groups: boardContent.shape.groups.optional(),
});
export const boardsQuery = z.strictObject(listQuery);
/** A row of the list; `viewers` counts people who have it open. */
export const boardSummary = board.extend({ viewers: z.int(), walls: z.int() });
export type BoardSummary = z.infer<typeof boardSummary>;
export const boardsReply = z.object({ boards: z.array(boardSummary), next });
