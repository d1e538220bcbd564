import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BoardSummary } from '../../shared/api/boards.ts';
import { useShortcut } from '../app/shortcuts.ts';
import { useHasRole } from '../session/session-store.ts';
import { Button } from '../ui/Button.tsx';
import { SearchInput } from '../ui/Input.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Page } from '../ui/Page.tsx';
import { ListError, Skeleton } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import styles from './BoardsPage.module.css';
import { BoardsTable } from './BoardsTable.tsx';
import { listBoards, listChannels } from './board-api.ts';
import { DeleteBoardDialog } from './DeleteBoardDialog.tsx';
import { NewBoardDialog } from './NewBoardDialog.tsx';
import { NoBoards } from './NoBoards.tsx';

/** Viewers, ages and other people's boards are fetched anew so often while somebody looks. */
const RELOAD_MS = 10_000;

function matches(board: BoardSummary, filter: string): boolean {
  const text = `${board.name} ${board.slug} ${board.groups?.join(' ') ?? ''} ${board.updatedBy ?? ''}`;
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
}

/** All boards this person may see: by their layout, their sources, and who looks at them. */
export function BoardsPage(): ReactNode {
  const boards = useLoaded(listBoards, RELOAD_MS);
  const channels = useLoaded(listChannels, RELOAD_MS);
  const [filter, setFilter] = useState('');
  const [making, setMaking] = useState(false);
  const [deleting, setDeleting] = useState<BoardSummary>();
  const mayEdit = useHasRole('operator');
  useShortcut('n', 'New board', 'Boards', () => setMaking(true), mayEdit);

  const all = boards.data;
  const shown = all?.filter((board) => matches(board, filter.trim()));
  const none = all?.length === 0;

  return (
    <Page
      title="Boards"
      tools={
        all !== undefined &&
        all.length > 0 && (
          <SearchInput
            label={`Type to filter ${all.length} ${all.length === 1 ? 'board' : 'boards'}`}
            className={styles.find}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        )
      }
      actions={
        mayEdit &&
        !none && (
          <Button variant="primary" onClick={() => setMaking(true)}>
            <Plus aria-hidden />
            New board <Kbd>N</Kbd>
          </Button>
        )
      }
      foot={all !== undefined && all.length > 0 ? <Foot count={all.length} mayEdit={mayEdit} /> : undefined}
    >
      <ListError
        error={boards.error}
        what="boards"
        shown={all !== undefined}
        onRetry={() => void boards.reload()}
      />
      {all === undefined && boards.error === undefined && <Skeleton what="boards" rows={6} />}
      {none && <NoBoards mayEdit={mayEdit} onBlank={() => setMaking(true)} />}
      {shown !== undefined && shown.length > 0 && (
        <BoardsTable boards={shown} channels={channels.data} mayEdit={mayEdit} onDelete={setDeleting} />
      )}
      {shown?.length === 0 && !none && (
        <p className={styles.nothing} role="status">
          No board of that name.{' '}
          <Button variant="link" onClick={() => setFilter('')}>
            Show all
          </Button>
        </p>
      )}
      {making && <NewBoardDialog onClose={() => setMaking(false)} />}
      {deleting !== undefined && (
        <DeleteBoardDialog
          board={deleting}
          onClose={() => setDeleting(undefined)}
          onDeleted={() => void boards.reload()}
        />
      )}
    </Page>
  );
}

function Foot({ count, mayEdit }: { count: number; mayEdit: boolean }): ReactNode {
  return (
    <>
      <span className="num">
        {count} {count === 1 ? 'board' : 'boards'}
      </span>
      <span className="grow" />
      <span className={styles.hint}>
        <Kbd>↑</Kbd>
        <Kbd>↓</Kbd> move
      </span>
      <span className={styles.hint}>
        <Kbd>Enter</Kbd> open
      </span>
      {mayEdit && (
        <span className={styles.hint}>
          <Kbd>E</Kbd> edit
        </span>
      )}
    </>
  );
}
