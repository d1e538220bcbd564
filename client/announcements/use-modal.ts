import { type RefObject, useEffect } from 'react';

/**
 * Opens a native dialog while it is mounted and begins at its heading, so that a screen reader hears it from the top and
 * a stray Enter presses nothing. The browser gives the focus back when it closes.
 */
export function useModal(
  dialog: RefObject<HTMLDialogElement | null>,
  heading: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const element = dialog.current;
    if (element === null || element.open) return;
    element.showModal();
    heading.current?.focus();
    return () => element.close();
  }, [dialog, heading]);
}
