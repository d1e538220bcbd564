import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { me } from '../../shared/api/accounts.ts';
import { PASSWORD_MIN } from '../../shared/limits.ts';
import { ApiError, api, messageOf } from '../api.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { useDocumentTitle } from '../ui/document-title.ts';
import { Note, SeverityTag } from '../ui/Severity.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import { takeSecretFromAddress } from './fragment.ts';
import { PassphraseField } from './PassphraseField.tsx';
import styles from './SignInPage.module.css';
import { session, useSession } from './session-store.ts';

/** Where an invite link leads: the person chooses a passphrase and is in. */
export function InvitePage(): ReactNode {
  const place = useSession((state) => state.status?.place);
  const [token] = useState(takeSecretFromAddress);
  const title = `Welcome to ${place ?? 'Callboard'}`;
  useDocumentTitle(title);
  return (
    <EntryFrame narrow>
      <main className={styles.main}>
        <h1 tabIndex={-1}>{title}</h1>
        {token === '' ? <NoToken /> : <ChoosePassphrase token={token} />}
      </main>
    </EntryFrame>
  );
}

function NoToken(): ReactNode {
  return (
    <>
      <p className={styles.lead}>
        This link has no invitation in it. Open the whole link that you were sent, or ask an admin for a new
        one.
      </p>
      <ButtonLink to="/signin">Sign in</ButtonLink>
    </>
  );
}

function ChoosePassphrase({ token }: { token: string }): ReactNode {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const navigate = useNavigate();
  const tooShort = [...password].length < PASSWORD_MIN;
  const fieldError = error instanceof ApiError ? error.issue('password') : undefined;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || tooShort) return;
    setBusy(true);
    try {
      session.signedIn(await api.post('/invite', { token, password }, me));
      await navigate({ to: '/', replace: true });
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <p className={styles.lead}>Choose a passphrase. With it you sign in on any device.</p>
      {error !== undefined && fieldError === undefined && (
        <Note severity="critical" role="alert" className={styles.note}>
          <SeverityTag severity="critical">Not signed in</SeverityTag>
          <p>{messageOf(error)}</p>
        </Note>
      )}
      <div className={styles.fields}>
        <PassphraseField value={password} onChange={setPassword} error={fieldError} />
      </div>
      <Button
        type="submit"
        variant="primary"
        size="large"
        wide
        busy={busy}
        disabledBecause={tooShort ? `A passphrase has at least ${PASSWORD_MIN} characters.` : undefined}
      >
        Choose it and go in
      </Button>
    </form>
  );
}
