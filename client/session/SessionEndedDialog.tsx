import type { ReactNode } from 'react';
import { connection } from '../connection/connection.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './SessionEndedDialog.module.css';
import { SignInForm } from './SignInForm.tsx';
import { useSession } from './session-store.ts';

/** Over the page as it is: whoever was signed in signs in again and goes on where they were. */
export function SessionEndedDialog(): ReactNode {
  const me = useSession((state) => state.me);
  return (
    <Dialog
      title="Your sign-in has ended"
      actions={
        <Button variant="quiet" onClick={() => window.location.assign('/signin')}>
          Sign in as somebody else
        </Button>
      }
    >
      <p className={styles.stays}>This page stays as it is; what you typed is still here.</p>
      <SignInForm {...(me !== undefined && { login: me.login })} onSignedIn={() => connection.start()} />
    </Dialog>
  );
}
