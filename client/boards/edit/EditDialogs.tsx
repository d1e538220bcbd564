import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { type Changes, changesText } from './changes.ts';
import type { Conflict } from './use-save.ts';

export interface ConflictDialogProps {
  conflict: Conflict;
  changes: Changes;
  onLoadTheirs(): void;
  onOverwrite(): void;
  onClose(): void;
}

/** Somebody saved first. Both ways on lose something, so both say what. */
export function ConflictDialog(props: ConflictDialogProps): ReactNode {
  const { conflict, changes, onLoadTheirs, onOverwrite, onClose } = props;
  const who = conflict.theirs.updatedBy ?? 'Somebody';
  return (
    <Dialog
      title={`${who} saved this board meanwhile`}
      wide
      role="alertdialog"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep editing</Button>
          <Button onClick={onLoadTheirs}>Load theirs, drop mine</Button>
          <Button onClick={onOverwrite}>Save mine over theirs</Button>
        </>
      }
    >
      <p>
        Revision {conflict.theirs.revision} is on the server now. Your own changes ({changesText(changes)})
        are not saved.
      </p>
    </Dialog>
  );
}

export interface LeaveDialogProps {
  changes: Changes;
  onStay(): void;
  onLeave(): void;
}

/** Leaving would lose what is not saved. */
export function LeaveDialog({ changes, onStay, onLeave }: LeaveDialogProps): ReactNode {
  return (
    <Dialog
      title="Leave without saving?"
      role="alertdialog"
      onClose={onStay}
      actions={
        <>
          <Button onClick={onLeave}>Discard the changes</Button>
          <Button variant="primary" data-autofocus="" onClick={onStay}>
            Keep editing
          </Button>
        </>
      }
    >
      <p>Not saved yet: {changesText(changes)}.</p>
    </Dialog>
  );
}
