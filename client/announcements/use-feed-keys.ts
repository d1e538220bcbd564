import { type RefObject, useEffect } from 'react';

function typesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, dialog') !== null)
  );
}

/** `j` and `k` move between the announcements of a list, `a` answers the one in focus, `u` toggles the filter. */
export function useFeedKeys(
  list: RefObject<HTMLElement | null>,
  enabled: boolean,
  toggleUnread: () => void,
): void {
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return;
      if (event.key === 'u') toggleUnread();
      const items = [...(list.current?.querySelectorAll<HTMLElement>('article') ?? [])];
      const at = items.findIndex((item) => item.contains(document.activeElement));
      if (event.key === 'j') items[Math.min(at + 1, items.length - 1)]?.focus();
      if (event.key === 'k') items[Math.max(at - 1, 0)]?.focus();
      if (event.key === 'a') items[Math.max(at, 0)]?.querySelector<HTMLElement>('[data-answer]')?.click();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
