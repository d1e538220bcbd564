import { type ReactNode, useId, useState } from 'react';
import type { Announcement } from '../../../shared/domain/announcement.ts';
import { BODY_MAX, TITLE_MAX } from '../../../shared/limits.ts';
import { messageOf } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Checkbox, TextInput } from '../../ui/Input.tsx';
import { Note } from '../../ui/Severity.tsx';
import { MarkdownEditor } from '../composer/MarkdownEditor.tsx';
import styles from './ReportDialog.module.css';

export interface Edit {
  title: string;
  body: string;
  renotify?: true;
}

export interface EditDialogProps {
  announcement: Announcement;
  onClose: () => void;
  /**
   * @param revision that the change is based on
   * @throws ApiError, where somebody else was faster too
   */
  onEdit: (edit: Edit, revision: number) => Promise<void>;
}

/** Changing the words of what is in force. Everybody who has it sees what changed. */
export function EditDialog({ announcement: newest, onClose, onEdit }: EditDialogProps): ReactNode {
  const bodyId = useId();
  // What the words below were made of, whatever others make of it meanwhile.
  const [announcement] = useState(newest);
  const [title, setTitle] = useState(announcement.title);
  const [body, setBody] = useState(announcement.body);
  const [renotify, setRenotify] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const empty = title.trim() === '';
  const same = title.trim() === announcement.title && body.trim() === announcement.body && !renotify;

  const edit = (): void => {
    setBusy(true);
    const change = { title: title.trim(), body: body.trim(), ...(renotify && { renotify: true as const }) };
    onEdit(change, announcement.revision).then(onClose, (failure: unknown) => {
      setBusy(false);
      setError(messageOf(failure));
    });
  };
  return (
    <Dialog
      title="Edit what is in force"
      wide
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            busy={busy}
            disabledBecause={empty ? 'Write a title first.' : same ? 'Nothing has changed yet.' : undefined}
            onClick={edit}
          >
            Update on every screen
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Field label="Title" aside={`${title.trim().length} of ${TITLE_MAX}`}>
          {(control) => (
            <TextInput
              {...control}
              large
              value={title}
              maxLength={TITLE_MAX}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <div>
          <label htmlFor={bodyId}>Message</label>
          <MarkdownEditor id={bodyId} value={body} maxLength={BODY_MAX} onChange={setBody} />
        </div>
        <Checkbox
          label="Ask everybody again"
          help="Opens a new count of receipts. Without it, what people have seen and answered stays."
          checked={renotify}
          onChange={setRenotify}
        />
        {error !== undefined && (
          <Note severity="critical" role="alert">
            {error}
          </Note>
        )}
      </div>
    </Dialog>
  );
}
