import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '../ui/document-title.ts';
import { EntryFrame } from './EntryFrame.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './SignInPage.module.css';
import { useSession } from './session-store.ts';

export function SignInPage(): ReactNode {
  const place = useSession((state) => state.status?.place);
  const { to } = useSearch({ from: '/signin' });
  const navigate = useNavigate();
  useDocumentTitle(`Sign in to ${place ?? 'Callboard'}`);
  return (
    <EntryFrame narrow>
      <main className={styles.main}>
        <h1 tabIndex={-1}>{place ?? 'Callboard'}</h1>
        <SignInForm onSignedIn={() => void navigate({ href: to ?? '/', replace: true })} />
        <p className={styles.more}>No account? An admin’s invitation brings you in, no e-mail needed.</p>
      </main>
    </EntryFrame>
  );
}
