import { useEffect, useState } from 'react';

/**
 * Whether this browser may show desktop notifications.
 * `insecure`: the page came over plain http. `install`: iOS shows them for installed pages only.
 */
export type NotificationAccess = 'granted' | 'denied' | 'ask' | 'insecure' | 'install' | 'unsupported';

interface Surroundings {
  isSecureContext: boolean;
  permission: NotificationPermission | undefined;
  userAgent: string;
}

export function accessIn({ isSecureContext, permission, userAgent }: Surroundings): NotificationAccess {
  if (!isSecureContext) return 'insecure';
  if (permission === undefined) return /iPhone|iPad/.test(userAgent) ? 'install' : 'unsupported';
  return permission === 'default' ? 'ask' : permission;
}

function currentAccess(): NotificationAccess {
  return accessIn({
    isSecureContext: window.isSecureContext,
    permission: 'Notification' in window ? Notification.permission : undefined,
    userAgent: navigator.userAgent,
  });
}

/** What the browser allows now, and the question to it. It must be asked from a click. */
export function useNotificationAccess(): [NotificationAccess, ask: () => Promise<NotificationAccess>] {
  const [access, setAccess] = useState(currentAccess);
  useEffect(() => {
    // A person may change it in the browser's own settings and come back.
    const look = (): void => setAccess(currentAccess());
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, []);
  const ask = async (): Promise<NotificationAccess> => {
    if (currentAccess() === 'ask') await Notification.requestPermission();
    const now = currentAccess();
    setAccess(now);
    return now;
  };
  return [access, ask];
}

/** Why notifications do not come, and what would help; undefined where they do. */
export function explain(access: NotificationAccess): string | undefined {
  switch (access) {
    case 'granted':
    case 'ask':
      return undefined;
    case 'denied':
      return 'This browser was told to block notifications from here. Open the settings of the site, left of the address, and allow them.';
    case 'insecure':
      return 'Browsers allow notifications only over https or on localhost. This page came over plain http.';
    case 'install':
      return 'On iPhone and iPad they work once the page is on the home screen: Share, then Add to Home Screen.';
    case 'unsupported':
      return 'This browser has no desktop notifications.';
  }
}
