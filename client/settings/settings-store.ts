import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Theme = 'system' | 'dark' | 'light';

/** What a person chose on this device. It stays in this browser. */
export interface Settings {
  theme: Theme;
  /** Short tones for announcements. */
  sound: boolean;
  /** Desktop notifications while the page is out of sight; the browser's own permission comes on top. */
  notifications: boolean;
  /** Single keys such as `n` or `g b`. */
  shortcuts: boolean;
}

/** The key is also read by public/theme.js, before the first paint. */
export const useSettings = create<Settings>()(
  persist((): Settings => ({ theme: 'system', sound: false, notifications: false, shortcuts: true }), {
    name: 'callboard.settings',
    version: 1,
  }),
);

export function changeSettings(change: Partial<Settings>): void {
  useSettings.setState(change);
}

function paintTheme({ theme }: Settings): void {
  document.documentElement.dataset.theme = theme;
}

/** Keeps the page in the chosen theme, also when another tab changes it. */
export function followTheme(): void {
  paintTheme(useSettings.getState());
  useSettings.subscribe(paintTheme);
  window.addEventListener('storage', (event) => {
    if (event.key === 'callboard.settings') void useSettings.persist.rehydrate();
  });
}
