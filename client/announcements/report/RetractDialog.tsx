import { type ReactNode, useState } from 'react';
import { messageOf } from '../../api.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/Input.tsx';
import styles from './ReportDialog.module.css';

const REASON_MAX = 200;

export interface RetractDialogProps {
  title: string;
  onClose: () => void;
  /** @throws ApiError */
  onRetract: (reason: string) => Promise<void>;
}

/** Taking back what was sent. Those who have it read the reason; those who were away never see it. */
export function RetractDialog({ title, onClose, onRetract }: RetractDialogProps): ReactNode {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  const retract = (): void => {
    setBusy(true);
    onRetract(reason.trim()).then(onClose, (failure: unknown) => {
      setBusy(false);
      setError(messageOf(failure));
    });
  };
  return (
    <Dialog
      title="Retract this announcement"
      onClose={onClose}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button variant="primary" busy={busy} onClick={retract}>
            Retract for everybody
          </Button>
        </>
      }
    >
      <form
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          retract();
        }}
      >
        <p className="muted">
          “{title}” leaves every screen, struck through and with your reason. Who was away never gets it.
        </p>

        <Field label="Why" aside="optional" error={error}>
          {(control) => (
            <TextInput
              {...control}
              data-autofocus
              value={reason}
              maxLength={REASON_MAX}
              placeholder="wrong berth"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
