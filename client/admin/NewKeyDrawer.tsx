import { type FormEvent, type ReactNode, useState } from 'react';
import type { CreatedKey } from '../../shared/api/accounts.ts';
import type { Role } from '../../shared/domain/account.ts';
import { ApiError } from '../api.ts';
import { serverNow } from '../live/clock.ts';
import { PatternListening } from '../publish/PatternListening.tsx';
import { PublishSamples } from '../publish/PublishSamples.tsx';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Field } from '../ui/Field.tsx';
import { Checkbox, Select, TextInput } from '../ui/Input.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { makeKey } from './admin-api.ts';
import { DrawerActs, DrawerHead, DrawerSection } from './Drawer.tsx';
import {
  describeScopes,
  emptyWish,
  exampleChannel,
  patternsIn,
  scopesOf,
  wrongPattern,
} from './key-scopes.ts';
import styles from './NewKeyDrawer.module.css';
import { roleOptions } from './roles.ts';
import { useAct } from './use-act.ts';

const DAY_MS = 86_400_000;

/** How long a key lives, in days; `never` for good. */
const lifetimes = [
  { value: 'never', label: 'Never' },
  { value: '1', label: 'After a day' },
  { value: '30', label: 'After 30 days' },
  { value: '365', label: 'After a year' },
] as const;
type Lifetime = (typeof lifetimes)[number]['value'];

export interface NewKeyDrawerProps {
  onCreated: () => void;
  onClose: () => void;
}

/** Makes a key; then shows its secret once, and how to use it, until the first value has come. */
export function NewKeyDrawer({ onCreated, onClose }: NewKeyDrawerProps): ReactNode {
  const [made, setMade] = useState<CreatedKey>();
  if (made !== undefined) return <MadeKey made={made} onClose={onClose} />;
  return (
    <>
      <DrawerHead title="New key" literal="" onClose={onClose} />
      <DrawerSection>
        <KeyForm
          onMade={(key) => {
            setMade(key);
            onCreated();
          }}
        />
      </DrawerSection>
    </>
  );
}

function KeyForm({ onMade }: { onMade: (key: CreatedKey) => void }): ReactNode {
  const [name, setName] = useState('');
  const [wish, setWish] = useState(emptyWish);
  const [lifetime, setLifetime] = useState<Lifetime>('never');
  const { run, busy, error } = useAct();
  const scopes = scopesOf(wish);
  const wrong = { publish: wrongPattern(wish.publish), subscribe: wrongPattern(wish.subscribe) };
  const missing =
    name.trim() === ''
      ? 'Say who or what will use it first.'
      : scopes.length === 0 && wish.role === 'none'
        ? 'A key that may do nothing is no use.'
        : (wrong.publish ?? wrong.subscribe);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (missing !== undefined) return;
    void run(async () => {
      const expiresAt =
        lifetime === 'never' ? undefined : Math.round(serverNow()) + Number(lifetime) * DAY_MS;
      onMade(
        await makeKey({
          name: name.trim(),
          scopes,
          ...(wish.role !== 'none' && { role: wish.role }),
          ...(expiresAt !== undefined && { expiresAt }),
        }),
      );
    });
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {error !== undefined && <ErrorNote title="No key was made." error={error} />}
      <Field label="Used by" error={error instanceof ApiError ? error.issue('name') : undefined}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={80}
            placeholder="pump-house"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="May publish to"
        aside="channels or patterns"
        help={
          <>
            One or more, such as <code>pumps.*</code> or <code>*</code> for all.
          </>
        }
        error={wrong.publish}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            spellCheck={false}
            autoCapitalize="none"
            placeholder="pumps.*"
            value={wish.publish}
            onChange={(event) => setWish({ ...wish, publish: event.target.value })}
          />
        )}
      </Field>
      <Field label="May read" aside="may stay empty" error={wrong.subscribe}>
        {(control) => (
          <TextInput
            {...control}
            mono
            spellCheck={false}
            autoCapitalize="none"
            value={wish.subscribe}
            onChange={(event) => setWish({ ...wish, subscribe: event.target.value })}
          />
        )}
      </Field>
      <div className={styles.checks}>
        <Checkbox
          label="May announce"
          checked={wish.announce}
          onChange={(announce) => setWish({ ...wish, announce })}
        />
        <Checkbox
          label="May send messages to single people and screens"
          checked={wish.send}
          onChange={(send) => setWish({ ...wish, send })}
        />
      </div>
      <Field label="Administration" help="For scripts that manage this Callboard. Most keys need none.">
        {(control) => (
          <Select
            {...control}
            value={wish.role}
            options={
              [{ value: 'none', label: 'None' }, ...roleOptions] as { value: Role | 'none'; label: string }[]
            }
            onChange={(role) => setWish({ ...wish, role })}
          />
        )}
      </Field>
      <Field label="Expires">
        {(control) => <Select {...control} value={lifetime} options={lifetimes} onChange={setLifetime} />}
      </Field>
      <DrawerActs>
        <Button type="submit" variant="primary" busy={busy} disabledBecause={missing}>
          Make the key
        </Button>
      </DrawerActs>
    </form>
  );
}

function MadeKey({ made, onClose }: { made: CreatedKey; onClose: () => void }): ReactNode {
  const publish = made.scopes
    .filter((scope) => scope.startsWith('publish:'))
    .map((scope) => scope.slice('publish:'.length))
    .join(' ');
  return (
    <>
      <DrawerHead title={made.name} literal={`ends in ${made.hint}`} onClose={onClose} />
      <DrawerSection title="Key">
        <div className={styles.secret}>
          <code>{made.key}</code>
          <CopyButton text={made.key} label="Copy key" />
        </div>
        <p>
          Shown once. After this only {made.hint} remains. It may {describeScopes(made)}.
        </p>
      </DrawerSection>
      {publish !== '' && (
        <>
          <DrawerSection>
            <PublishSamples channel={exampleChannel(publish)} secret={made.key} />
          </DrawerSection>
          <DrawerSection>
            <PatternListening pattern={patternsIn(publish)[0] ?? '*'} since={made.createdAt} />
          </DrawerSection>
        </>
      )}
    </>
  );
}
