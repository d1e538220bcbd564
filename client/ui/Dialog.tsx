import { X } from 'lucide-react';
import { createContext, type ReactNode, useEffect, useId, useRef, useState } from 'react';
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

/** The dialog around a component: what opens above the page has to open inside it. */
export const DialogElement = createContext<HTMLDialogElement | null>(null);

/**
 * Open while it is mounted. The browser's own modal dialog: it lies above all, keeps the focus, and gives it back.
 * The focus starts at an element with `data-autofocus`, else at the title.
 */
export function Dialog({ title, onClose, children, actions, wide, role }: DialogProps): ReactNode {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  /** The Escape that is under way closes a list inside the dialog, not the dialog. */
  const meantForList = useRef(false);

  useEffect(() => {
    if (dialog === null) return;
    dialog.showModal();
    (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? heading.current)?.focus();
    return () => dialog.close();
  }, [dialog]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, by the browser's own `cancel`.
    <dialog
      ref={setDialog}
      className={classNames(styles.dialog, wide && styles.wide)}
      aria-labelledby={titleId}
      role={role}
      onKeyDownCapture={(event) => {
        meantForList.current = event.key === 'Escape' && hasOpenList(event.currentTarget);
      }}
      onCancel={(event) => {
        event.preventDefault();
        if (!meantForList.current) onClose?.();
        meantForList.current = false;
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
      <DialogElement value={dialog}>
        <div className={styles.body}>{children}</div>
      </DialogElement>
      {actions !== undefined && <footer className={styles.foot}>{actions}</footer>}
    </dialog>
  );
}

function hasOpenList(dialog: HTMLDialogElement): boolean {
  return dialog.querySelector('[role="combobox"][aria-expanded="true"], :popover-open') !== null;
}
