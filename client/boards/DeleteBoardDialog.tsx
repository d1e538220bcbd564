import { type ReactNode, useState } from 'react';
import type { BoardSummary } from '../../shared/api/boards.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { deleteBoard } from './board-api.ts';
import { forgetBoard } from './last-board.ts';

export interface DeleteBoardDialogProps {
  board: BoardSummary;
  onClose: () => void;
  onDeleted: () => void;
}

export function DeleteBoardDialog({ board, onClose, onDeleted }: DeleteBoardDialogProps): ReactNode {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const remove = async (): Promise<void> => {
    setBusy(true);
    try {
      await deleteBoard(board);
      forgetBoard(board.slug);
      onDeleted();
      onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Delete ${board.name}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button variant="primary" busy={busy} onClick={() => void remove()}>
            Delete {board.name}
          </Button>
        </>
      }
    >
      {error !== undefined ? (
        <ErrorNote title="The board is still there." error={error} />
      ) : (
        <p>
          Its layout of {board.tiles.length} {board.tiles.length === 1 ? 'tile' : 'tiles'} goes for good;
          channels and their history stay.{' '}
          {board.viewers + board.walls > 0 &&
            `${board.viewers + board.walls} ${board.viewers + board.walls === 1 ? 'screen shows' : 'screens show'} it now.`}
        </p>
      )}
    </Dialog>
  );
}
