import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Me } from '../../shared/api/accounts.ts';
import { ApiError, messageOf } from '../api.ts';
import { formatClock, formatStopwatch } from '../live/format.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { PasswordInput, TextInput } from '../ui/Input.tsx';
import { Note, SeverityTag, SeverityWord } from '../ui/Severity.tsx';
import styles from './SignInForm.module.css';
import { session } from './session-store.ts';
import { useCountdown } from './use-countdown.ts';

/** Why the last try did not sign anybody in. */
type Refusal =
  | { kind: 'wrong' }
  /** Too many misses: `from` to `until` in ms. */
  | { kind: 'paused'; login: string; from: number; until: number }
  | { kind: 'failed'; message: string };

function refusalOf(error: unknown, login: string): Refusal {
  if (!(error instanceof ApiError)) return { kind: 'failed', message: messageOf(error) };
  if (error.status === 401) return { kind: 'wrong' };
  if (error.retryAfterMs === undefined) return { kind: 'failed', message: error.message };
  return { kind: 'paused', login, from: Date.now(), until: Date.now() + error.retryAfterMs };
}

export interface SignInFormProps {
  /** Only this person: the page behind is theirs. */
  login?: string;
  onSignedIn: (me: Me) => void;
}

/** Name and passphrase, and what there is to say about the last try. */
export function SignInForm({ login: fixed, onSignedIn }: SignInFormProps): ReactNode {
  const [login, setLogin] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const [forgotten, setForgotten] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const left = useCountdown(refusal?.kind === 'paused' ? refusal.until : undefined);
  const paused = refusal?.kind === 'paused' && left > 0 && refusal.login === login ? refusal : undefined;

  useEffect(() => form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus(), []);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || paused !== undefined) return;
    setBusy(true);
    try {
      onSignedIn(await session.signIn(login.trim(), password));
    } catch (error) {
      setRefusal(refusalOf(error, login));
      setBusy(false);
    }
  };
  const watchCapsLock = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'));

  return (
    <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
      {refusal !== undefined && <RefusalNote refusal={refusal} paused={paused !== undefined} />}
      <div className={styles.fields}>
        <Field label="Name">
          {(control) => (
            <TextInput
              {...control}
              large
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              value={login}
              readOnly={fixed !== undefined}
              data-autofocus={fixed === undefined ? '' : undefined}
              onChange={(event) => setLogin(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Passphrase"
          aside={
            <Button variant="link" aria-expanded={forgotten} onClick={() => setForgotten(!forgotten)}>
              Forgotten?
            </Button>
          }
          help={forgotten ? 'An admin can set a new one for you, on the page People.' : undefined}
        >
          {(control) => (
            <PasswordInput
              {...control}
              large
              name="password"
              autoComplete="current-password"
              value={password}
              data-autofocus={fixed === undefined ? undefined : ''}
              onChange={(event) => setPassword(event.target.value)}
              onKeyDown={watchCapsLock}
              onKeyUp={watchCapsLock}
            />
          )}
        </Field>
        {(capsLock || paused !== undefined) && (
          <div className={styles.below} role="status">
            {capsLock ? (
              <SeverityWord severity="info">Caps Lock is on</SeverityWord>
            ) : (
              'You can already type. Nothing is sent before the time.'
            )}
          </div>
        )}
      </div>
      <Button
        type="submit"
        variant={paused === undefined ? 'primary' : 'plain'}
        size="large"
        wide
        className={`${styles.go} num`}
        busy={busy}
        disabledBecause={paused === undefined ? undefined : 'Too many wrong tries; wait until then.'}
      >
        {paused === undefined ? 'Sign in' : `Sign in, in ${formatStopwatch(left * 1_000)}`}
      </Button>
      {paused !== undefined && <Wait left={left} all={(paused.until - paused.from) / 1_000} />}
    </form>
  );
}

function Wait({ left, all }: { left: number; all: number }): ReactNode {
  return (
    <div className={styles.wait} aria-hidden>
      <i style={{ transform: `scaleX(${Math.min(1, left / all)})` }} />
    </div>
  );
}

function RefusalNote({ refusal, paused }: { refusal: Refusal; paused: boolean }): ReactNode {
  if (refusal.kind === 'paused') {
    if (!paused) return null;
    return (
      <Note severity="warning" role="alert" className={styles.state}>
        <SeverityTag severity="warning">Paused</SeverityTag>
        <p className="num">Next try at {formatClock(refusal.until)}.</p>
        <small>
          Too many wrong tries for {refusal.login} from this address. The account isn’t locked: other devices
          may sign in, and open pages stay live.
        </small>
      </Note>
    );
  }
  return (
    <Note severity="critical" role="alert" className={styles.state}>
      <SeverityTag severity="critical">Not signed in</SeverityTag>
      {refusal.kind === 'wrong' ? (
        <>
          <p>Name and passphrase don’t match.</p>
          <small>After several misses this page makes you wait. Nobody is ever locked out for good.</small>
        </>
      ) : (
        <p>{refusal.message}</p>
      )}
    </Note>
  );
}
