import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { Group, Person } from '../../shared/domain/account.ts';
import { slugify } from '../../shared/domain/ids.ts';
import { ApiError } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { TextInput } from '../ui/Input.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { TagPicker } from '../ui/TagPicker.tsx';
import { makeGroup } from './admin-api.ts';
import styles from './InviteDialog.module.css';
import { useAct } from './use-act.ts';

export interface NewGroupDialogProps {
  people: readonly Person[];
  onCreated: (group: Group) => void;
  onClose: () => void;
}

export function NewGroupDialog({ people, onCreated, onClose }: NewGroupDialogProps): ReactNode {
  const [name, setName] = useState('');
  const [members, setMembers] = useState<string[]>([]);
  const { run, busy, error } = useAct();
  const formId = useId();
  const id = slugify(name, '');
  const nameError = error instanceof ApiError ? error.issue('name') : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (id === '') return;
    void run(async () => onCreated(await makeGroup({ name: name.trim(), people: members })));
  };
  return (
    <Dialog
      title="New group"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={busy}
            disabledBecause={id === '' ? 'Give it a name with letters or digits first.' : undefined}
          >
            Make {name.trim() === '' ? 'the group' : name.trim()}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.fields} onSubmit={submit} noValidate>
        {error !== undefined && nameError === undefined && (
          <ErrorNote title="The group was not made." error={error} />
        )}
        <Field
          label="Name"
          error={nameError}
          help={
            id === '' ? undefined : (
              <>
                Programs call it <code>{id}</code>.
              </>
            )
          }
        >
          {(control) => (
            <TextInput
              {...control}
              data-autofocus=""
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label="People" aside="may stay empty">
          {(control) => (
            <TagPicker
              {...control}
              label="People"
              options={people.map((person) => ({ id: person.id, label: person.name, note: person.login }))}
              value={members}
              onChange={setMembers}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
