import { type ReactNode, useState } from 'react';
import { messageOf } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { session } from './session-store.ts';

/**
 * Signing out, and what to say where it fails: who leaves a shared computer must know that they are still signed in.
 * @returns the act, and a dialog to be drawn
 */
export function useSignOut(): [signOut: () => void, failure: ReactNode] {
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const signOut = (): void => {
    setBusy(true);
    session
      .signOut()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  const close = (): void => setError(undefined);
  const failure = error !== undefined && (
    <Dialog
      title="You are still signed in"
      role="alertdialog"
      onClose={close}
      actions={
        <>
          <Button variant="quiet" onClick={close}>
            Stay signed in
          </Button>
          <Button variant="primary" busy={busy} onClick={signOut}>
            Sign out again
          </Button>
        </>
      }
    >
      <p>{messageOf(error)} Signing out ends the session there, so it has to hear of it.</p>
    </Dialog>
  );
  return [signOut, failure];
}
