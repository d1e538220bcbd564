import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { CreatedPerson } from '../../shared/api/accounts.ts';
import { type Group, login as loginSchema, type Role } from '../../shared/domain/account.ts';
import { ApiError } from '../api.ts';
import { suggestLogin } from '../session/setup-check.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { Select, TextInput } from '../ui/Input.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { TagPicker } from '../ui/TagPicker.tsx';
import { createPersonAccount } from './admin-api.ts';
import styles from './InviteDialog.module.css';
import { InviteLink } from './InviteLink.tsx';
import { roleOptions, roleWords } from './roles.ts';
import { useAct } from './use-act.ts';

export interface InviteDialogProps {
  groups: readonly Group[];
  onCreated: () => void;
  onClose: () => void;
}

/** Makes an account and hands out the link that opens it. */
export function InviteDialog({ groups, onCreated, onClose }: InviteDialogProps): ReactNode {
  const [created, setCreated] = useState<CreatedPerson>();
  if (created?.invite !== undefined) {
    return (
      <Dialog
        title={`${created.name} can come in`}
        actions={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <InviteLink invite={created.invite} />
      </Dialog>
    );
  }
  return (
    <InviteForm
      groups={groups}
      onClose={onClose}
      onCreated={(person) => {
        setCreated(person);
        onCreated();
      }}
    />
  );
}

interface InviteFormProps {
  groups: readonly Group[];
  onCreated: (person: CreatedPerson) => void;
  onClose: () => void;
}

function InviteForm({ groups, onCreated, onClose }: InviteFormProps): ReactNode {
  const [name, setName] = useState('');
  const [ownLogin, setOwnLogin] = useState<string>();
  const [role, setRole] = useState<Role>('viewer');
  const [memberOf, setMemberOf] = useState<string[]>([]);
  const { run, busy, error } = useAct();
  const formId = useId();
  const login = ownLogin ?? suggestLogin(name);
  const issue = (path: string): string | undefined =>
    error instanceof ApiError ? error.issue(path) : undefined;
  const missing =
    name.trim() === ''
      ? 'Say who it is first.'
      : loginSchema.safeParse(login).success
        ? undefined
        : 'A sign-in name has small letters, digits and . _ @ + - only.';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (missing !== undefined) return;
    void run(async () =>
      onCreated(await createPersonAccount({ name: name.trim(), login, role, groups: memberOf })),
    );
  };

  return (
    <Dialog
      title="Invite somebody"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" busy={busy} disabledBecause={missing}>
            Invite {name.trim() === '' ? 'them' : name.trim()}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.fields} onSubmit={submit} noValidate>
        {error !== undefined && issue('login') === undefined && (
          <ErrorNote title="Nobody was invited." error={error} />
        )}
        <div className={styles.two}>
          <Field label="Name" error={issue('name')}>
            {(control) => (
              <TextInput
                {...control}
                data-autofocus=""
                maxLength={80}
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label="Sign-in name" error={issue('login')}>
            {(control) => (
              <TextInput
                {...control}
                mono
                maxLength={64}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={login}
                onChange={(event) => setOwnLogin(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Field label="Role" help={roleWords[role].may}>
          {(control) => <Select {...control} value={role} options={roleOptions} onChange={setRole} />}
        </Field>
        {groups.length > 0 && (
          <Field label="Groups" aside="may stay empty">
            {(control) => (
              <TagPicker
                {...control}
                label="Groups"
                options={groups.map((group) => ({
                  id: group.id,
                  label: group.name,
                  note: String(group.people.length),
                }))}
                value={memberOf}
                onChange={setMemberOf}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
