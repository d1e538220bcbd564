import { useEffect, useState } from 'react';
import { boardsReply } from '../../../shared/api/boards.ts';
import { listAll } from '../../list-all.ts';

const none: ReadonlyMap<string, string> = new Map();

/** Names of boards by id. Where they cannot be read the ids stand for them. */
export function useBoardNames(): ReadonlyMap<string, string> {
  const [names, setNames] = useState(none);
  useEffect(() => {
    const abort = new AbortController();
    listAll('/boards', boardsReply, (reply) => reply.boards, abort.signal).then(
      (boards) => setNames(new Map(boards.map((board) => [board.id, board.name]))),
      () => setNames(none),
    );
    return () => abort.abort();
  }, []);
  return names;
}
