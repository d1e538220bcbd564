import { useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import type { Board } from '../../shared/domain/board.ts';
import { connection } from '../connection/connection.ts';
import { boardSearch, DEFAULT_WINDOW } from '../tiles/values/board-window.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Page } from '../ui/Page.tsx';
import { EmptyState, ErrorNote } from '../ui/States.tsx';
import { BoardSkeleton } from './BoardGrid.tsx';
import { rememberedShape } from './board-shape.ts';
import { BoardEditor } from './edit/BoardEditor.tsx';
import { useBoard } from './use-board.ts';

/** A board to work on. The editor begins with what the server has; later revisions of others wait until it is saved. */
export function BoardEditPage(): ReactNode {
  const { slug } = useParams({ from: '/shell/b/$slug/edit' });
  const win = boardSearch(useSearch({ strict: false })).win ?? DEFAULT_WINDOW;
  const { state, reload } = useBoard(slug);
  /** Set when the person chose somebody else's revision over the draft. */
  const [chosen, setChosen] = useState<Board>();
  const board = chosen ?? (state.phase === 'ready' ? state.board : undefined);
  useEditing(board?.id);

  if (board !== undefined) {
    return <BoardEditor key={`${board.id} ${board.revision}`} board={board} win={win} onReload={setChosen} />;
  }
  if (state.phase === 'loading') {
    return (
      <Page title="Edit board">
        <BoardSkeleton tiles={rememberedShape(slug)} />
      </Page>
    );
  }
  if (state.phase === 'failed') {
    return (
      <Page title="Edit board">
        <ErrorNote title="The board could not be loaded." error={state.error} onRetry={reload} />
      </Page>
    );
  }
  return (
    <Page title="No board">
      <EmptyState title="There is no such board." actions={<ButtonLink to="/boards">All boards</ButtonLink>}>
        <p>It was deleted or renamed.</p>
      </EmptyState>
    </Page>
  );
}

/** Tells the server that this screen edits the board. */
function useEditing(id: string | undefined): void {
  useEffect(() => {
    if (id === undefined) return;
    connection.intent({ type: 'view', board: id, editing: true });
    return () => connection.intent({ type: 'view' });
  }, [id]);
}
