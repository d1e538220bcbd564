/** The icon of a tab flickers when it changes with every message. */
const DEBOUNCE_MS = 1_000;

/** The tab's icon: a number where something is unread, a broken frame where the page is not live. */
function iconSvg(unread: number, live: boolean): string {
  const text = unread > 9 ? '9+' : String(unread);
  const ground = live
    ? '<rect width="32" height="32" rx="4" fill="#0d0f0e"/>'
    : '<rect x="1.5" y="1.5" width="29" height="29" rx="4" fill="#0d0f0e" stroke="#eef1ec" stroke-width="3" stroke-dasharray="5 4"/>';
  const number = `<text x="16" y="23.5" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${text.length > 1 ? 18 : 22}" fill="#eef1ec">${text}</text>`;
  const dash = '<path d="M9 16h14" stroke="#eef1ec" stroke-width="3"/>';
  const inside = unread > 0 ? number : live ? '' : dash;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${ground}${inside}</svg>`;
}

function badgeApp(unread: number): void {
  if (!('setAppBadge' in navigator)) return;
  const done = unread === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(unread);
  // Refused where the page is not installed; the title and the icon say it anyway.
  done.catch(() => {});
}

/**
 * The count on the icon of the tab, and of the installed app.
 * @returns `show` says what is unread and whether the page is live, `end` puts the plain icon back
 */
export function tabBadge(): { show(unread: number, live: boolean): void; end(): void } {
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const plain = icon?.getAttribute('href') ?? '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const paint = (unread: number, live: boolean): void => {
    badgeApp(unread);
    if (icon === null) return;
    icon.href =
      unread === 0 && live ? plain : `data:image/svg+xml,${encodeURIComponent(iconSvg(unread, live))}`;
  };
  return {
    show(unread, live) {
      clearTimeout(timer);
      timer = setTimeout(paint, DEBOUNCE_MS, unread, live);
    },
    end() {
      clearTimeout(timer);
      paint(0, true);
    },
  };
}
