import type { RefObject } from 'react';
import { useShortcut } from '../app/shortcuts.ts';

const GROUP = 'Feed';

/** `j` and `k` move between the announcements of a list, `a` answers the one in focus, `u` toggles the filter. */
export function useFeedKeys(list: RefObject<HTMLElement | null>, toggleUnread: () => void): void {
  const items = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('article') ?? [])];
  const focused = (): number => items().findIndex((item) => item.contains(document.activeElement));

  useShortcut('j', 'Next announcement', GROUP, () => items()[focused() + 1]?.focus());
  useShortcut('k', 'Announcement before', GROUP, () => items()[Math.max(focused() - 1, 0)]?.focus());
  useShortcut('a', 'Answer', GROUP, () => {
    const item = items()[Math.max(focused(), 0)];
    item?.querySelector<HTMLElement>('[data-answer]')?.click();
  });
  useShortcut('u', 'Unread only', GROUP, toggleUnread);
}
