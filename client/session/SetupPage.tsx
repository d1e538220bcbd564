import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { me, type SetupRequest } from '../../shared/api/accounts.ts';
import { boardsReply } from '../../shared/api/boards.ts';
import { ApiError, api, messageOf } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { useDocumentTitle } from '../ui/document-title.ts';
import { Field } from '../ui/Field.tsx';
import { TextInput } from '../ui/Input.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { Note, SeverityTag } from '../ui/Severity.tsx';
import { BoardPreview } from './BoardPreview.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import { takeSecretFromAddress } from './fragment.ts';
import { PassphraseField } from './PassphraseField.tsx';
import styles from './SetupPage.module.css';
import { session } from './session-store.ts';
import { checkSetup, type SetupErrors, suggestLogin } from './setup-check.ts';

export function SetupPage(): ReactNode {
  useDocumentTitle('Set up');
  return (
    <div className={styles.page}>
      <div className={styles.left}>
        <EntryFrame>
          <main className={styles.form}>
            <h1 tabIndex={-1}>Set up this place</h1>
            <p className={styles.lead}>
              Once. You become its first admin; everybody else comes by invitation.
            </p>
            <SetupForm />
          </main>
        </EntryFrame>
      </div>
      <aside className={styles.see} aria-label="Preview">
        <p>You land here: this very machine, already live.</p>
        <BoardPreview />
      </aside>
    </div>
  );
}

/** What the server says is wrong, at the fields it names. */
function errorsOf(error: unknown): SetupErrors {
  if (!(error instanceof ApiError)) return {};
  const entries = error.issues.map(({ path, message }) => [path, message]);
  return Object.fromEntries(entries) as SetupErrors;
}

function SetupForm(): ReactNode {
  const [linkToken] = useState(takeSecretFromAddress);
  const [form, setForm] = useState<SetupRequest>({
    token: linkToken,
    place: '',
    name: '',
    login: '',
    password: '',
  });
  const [loginIsOwn, setLoginIsOwn] = useState(false);
  const [errors, setErrors] = useState<SetupErrors>({});
  const [failure, setFailure] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();

  const change = (changes: Partial<SetupRequest>): void => {
    setForm((before) => ({ ...before, ...changes }));
    setErrors((before) => {
      const rest = { ...before };
      for (const field of Object.keys(changes)) delete rest[field as keyof SetupRequest];
      return rest;
    });
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    const wrong = checkSetup(form);
    setErrors(wrong);
    setFailure(undefined);
    if (Object.keys(wrong).length > 0) {
      focusFirstWrong(event.currentTarget, wrong);
      return;
    }
    setBusy(true);
    try {
      session.signedIn(await api.post('/setup', form, me));
      await navigate(await firstBoard());
    } catch (error) {
      setErrors(errorsOf(error));
      setFailure(error);
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {failure !== undefined && (
        <Note severity="critical" role="alert" className={styles.failed}>
          <SeverityTag severity="critical">Not set up</SeverityTag>
          <p>{messageOf(failure)}</p>
        </Note>
      )}
      <div className={styles.fields}>
        <Field label="Name of this place" aside="on every board and announcement" error={errors.place}>
          {(control) => (
            <TextInput
              {...control}
              large
              name="place"
              maxLength={80}
              autoComplete="organization"
              placeholder="Harbour Ops"
              value={form.place}
              onChange={(event) => change({ place: event.target.value })}
            />
          )}
        </Field>
        <div className={styles.two}>
          <Field label="Your name" error={errors.name}>
            {(control) => (
              <TextInput
                {...control}
                large
                name="name"
                maxLength={80}
                autoComplete="name"
                value={form.name}
                onChange={(event) => {
                  const name = event.target.value;
                  change(loginIsOwn ? { name } : { name, login: suggestLogin(name) });
                }}
              />
            )}
          </Field>
          <Field label="Sign-in name" error={errors.login}>
            {(control) => (
              <TextInput
                {...control}
                large
                name="login"
                maxLength={64}
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
                value={form.login}
                onChange={(event) => {
                  setLoginIsOwn(event.target.value !== '');
                  change({ login: event.target.value });
                }}
              />
            )}
          </Field>
        </div>
        <PassphraseField
          value={form.password}
          onChange={(password) => change({ password })}
          error={errors.password}
        />
        <Field
          label="Set-up token"
          aside={linkToken === '' ? 'good for one use' : 'from the link you opened'}
          help="It shows that you can read what the server printed when it started."
          error={errors.token}
        >
          {(control) => (
            <TextInput
              {...control}
              large
              mono
              name="token"
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
              className={styles.token}
              value={form.token}
              onChange={(event) => change({ token: event.target.value.trim() })}
            />
          )}
        </Field>
      </div>
      <div className={styles.go}>
        <Button type="submit" variant="primary" size="large" busy={busy}>
          Set up {form.place.trim() === '' ? 'this place' : form.place.trim()}
          <Kbd>Enter</Kbd>
        </Button>
        <span>Nothing leaves this server.</span>
      </div>
    </form>
  );
}

/** A form that was refused leads to the first thing to mend. */
function focusFirstWrong(form: HTMLFormElement, errors: SetupErrors): void {
  const fields = [...form.elements].filter((one) => one instanceof HTMLInputElement);
  fields.find((field) => Object.hasOwn(errors, field.name))?.focus();
}

/** The board that set-up laid out, or the list where there is none. */
async function firstBoard(): Promise<{ to: '/boards' } | { to: '/b/$slug'; params: { slug: string } }> {
  const { boards } = await api.get('/boards', boardsReply);
  const [first] = boards;
  return first === undefined ? { to: '/boards' } : { to: '/b/$slug', params: { slug: first.slug } };
}
