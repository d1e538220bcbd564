import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { classNames } from './class-names.ts';
import styles from './Dialog.module.css';

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

/**
 * Open while it is mounted. The browser's own modal dialog: it lies above all, keeps the focus, and gives it back.
 * The focus starts at an element with `autoFocus`, else at the title.
 */
export function Dialog({ title, onClose, children, actions, wide, role }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open) return;
    const wanted = dialog.querySelector<HTMLElement>('[data-autofocus], :focus');
    dialog.showModal();
    (wanted ?? heading.current)?.focus();
    return () => dialog.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser's own `cancel`.
    <dialog
      ref={ref}
      className={classNames(styles.dialog, wide && styles.wide)}
      aria-labelledby={titleId}
      role={role}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose?.();
      }}
    >
      <header className={styles.head}>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {onClose !== undefined && (
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        )}
      </header>
      <div className={styles.body}>{children}</div>
      {actions !== undefined && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
}
