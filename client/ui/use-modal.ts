import { type RefCallback, useLayoutEffect, useRef, useState } from 'react';

/**
 * Opens the browser's own modal dialog while a component is mounted: it lies above all and keeps the focus. The focus
 * begins at an element with `data-autofocus`, else at the heading, so that a screen reader hears the dialog from the
 * top and a stray Enter presses nothing; in the end it goes back to where it was.
 * @param onDismiss Escape; without it the dialog can only be left by its own buttons
 * @returns the ref of the dialog, and the dialog once it stands
 */
export function useModal(
  onDismiss: (() => void) | undefined,
): [ref: RefCallback<HTMLDialogElement>, dialog: HTMLDialogElement | null] {
  const [dialog, setDialog] = useState<HTMLDialogElement | null>(null);
  const dismiss = useRef(onDismiss);
  dismiss.current = onDismiss;

  // A layout effect, because it ends while the dialog still stands in the page: a removed one gives no focus back.
  useLayoutEffect(() => {
    if (dialog === null) return;
    const opener = document.activeElement;
    /** The Escape that is under way closes a list inside the dialog, not the dialog. */
    let meantForList = false;
    const open = (): void => {
      if (dialog.open || !dialog.isConnected) return;
      dialog.showModal();
      (dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog.querySelector('h2'))?.focus();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      meantForList = event.key === 'Escape' && hasOpenList(dialog);
    };
    const onCancel = (event: Event): void => {
      if (event.target !== dialog) return;
      event.preventDefault();
      if (!meantForList) dismiss.current?.();
      meantForList = false;
    };
    // Browsers let a second Escape through, or the first where nobody has touched the page yet, and ask nobody.
    const onClose = (): void => {
      if (dialog.open) return;
      dismiss.current?.();
      requestAnimationFrame(open);
    };
    open();
    dialog.addEventListener('keydown', onKeyDown, { capture: true });
    dialog.addEventListener('cancel', onCancel);
    dialog.addEventListener('close', onClose);
    return () => {
      dialog.removeEventListener('keydown', onKeyDown, { capture: true });
      dialog.removeEventListener('cancel', onCancel);
      dialog.removeEventListener('close', onClose);
      dialog.close();
      returnFocus(opener);
    };
  }, [dialog]);

  return [setDialog, dialog];
}

function hasOpenList(dialog: HTMLDialogElement): boolean {
  return dialog.querySelector('[role="combobox"][aria-expanded="true"], :popover-open') !== null;
}

/** Back to what opened a layer above the page or a panel beside it; to the page's heading where that is gone. */
export function returnFocus(opener: Element | null): void {
  if (!(opener instanceof HTMLElement) || opener === document.body) return;
  requestAnimationFrame(() => {
    // Somebody else may have taken it: another dialog, another page.
    if (document.activeElement !== document.body && document.activeElement !== opener) return;
    const target = opener.isConnected ? opener : document.querySelector<HTMLElement>('main h1');
    target?.focus({ preventScroll: true });
  });
}
