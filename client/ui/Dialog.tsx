import { X } from 'lucide-react';
import { createContext, type ReactNode, useId } from 'react';
import { IconButton } from './Button.tsx';
import { classNames } from './class-names.ts';
import styles from './Dialog.module.css';
import { useModal } from './use-modal.ts';

export interface DialogProps {
  title: string;
  /** Escape, the cross, a click beside it. Absent: it can only be left by its own buttons. */
  onClose?: (() => void) | undefined;
  children?: ReactNode;
  /** Its buttons; the act last. */
  actions?: ReactNode;
  wide?: boolean | undefined;
  /** `alertdialog` for what a person must answer. */
  role?: 'dialog' | 'alertdialog' | undefined;
}

/** The dialog around a component: what opens above the page has to open inside it. */
export const DialogElement = createContext<HTMLDialogElement | null>(null);

/** Open while it is mounted; see `useModal` for where the focus begins and ends. */
export function Dialog({ title, onClose, children, actions, wide, role }: DialogProps): ReactNode {
  const [ref, dialog] = useModal(onClose);
  const titleId = useId();

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser's own `cancel`.
    <dialog
      ref={ref}
      className={classNames(styles.dialog, wide && styles.wide)}
      aria-labelledby={titleId}
      role={role}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose?.();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId} tabIndex={-1}>
          {title}
        </h2>
        {onClose !== undefined && (
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        )}
      </header>
      <DialogElement value={dialog}>
        <div className={styles.body}>{children}</div>
      </DialogElement>
      {actions !== undefined && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
}
