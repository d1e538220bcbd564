import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { ApiError } from '../api.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { Field } from '../ui/Field.tsx';
import { TextInput } from '../ui/Input.tsx';
import { ErrorNote } from '../ui/States.tsx';
import { useLoaded } from '../use-loaded.ts';
import { createBoard } from './board-api.ts';
import styles from './NewBoardDialog.module.css';
import { loadSamples } from './samples.ts';
import { suggestTiles } from './suggest-board.ts';

type From = 'blank' | 'channels';

/** A name, and what to begin with. A blank board opens in the editor, one made of channels opens live. */
export function NewBoardDialog({ onClose }: { onClose: () => void }): ReactNode {
  const samples = useLoaded(loadSamples);
  const [name, setName] = useState('');
  const [from, setFrom] = useState<From>('blank');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const navigate = useNavigate();
  const formId = useId();
  const count = samples.data?.length ?? 0;
  const nameError = error instanceof ApiError ? error.issue('name') : undefined;

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || name.trim() === '') return;
    setBusy(true);
    try {
      const tiles = from === 'channels' ? suggestTiles(samples.data ?? []) : [];
      const { slug } = await createBoard({ name: name.trim(), tiles });
      await navigate({ to: from === 'blank' ? '/b/$slug/edit' : '/b/$slug', params: { slug } });
      onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };

  return (
    <Dialog
      title="New board"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            busy={busy}
            disabledBecause={name.trim() === '' ? 'Give it a name first.' : undefined}
          >
            Make {name.trim() === '' ? 'the board' : name.trim()}
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.fields} onSubmit={(event) => void create(event)}>
        {error !== undefined && nameError === undefined && (
          <ErrorNote title="The board was not made." error={error} />
        )}
        <Field label="Name" error={nameError}>
          {(control) => (
            <TextInput
              {...control}
              data-autofocus=""
              maxLength={80}
              value={name}
              placeholder="Harbour Ops"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <fieldset className={styles.from}>
          <legend>Begin with</legend>
          <label className={styles.choice}>
            <input type="radio" name="from" checked={from === 'blank'} onChange={() => setFrom('blank')} />
            <span>
              Nothing
              <small>You place the tiles yourself.</small>
            </span>
          </label>
          <label className={styles.choice}>
            <input
              type="radio"
              name="from"
              checked={from === 'channels'}
              disabled={count === 0}
              onChange={() => setFrom('channels')}
            />
            <span>
              What arrives
              <small>
                {count === 0
                  ? 'No channel but the server’s own has sent anything yet.'
                  : `A tile for each of ${count} ${count === 1 ? 'channel' : 'channels'}, to change afterwards.`}
              </small>
            </span>
          </label>
        </fieldset>
      </form>
    </Dialog>
  );
}
