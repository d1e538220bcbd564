import { Leadership } from './leadership.ts';

// Browsers offer locks to secure pages only; without them the tab that is looked at speaks.
const leadership = 'locks' in navigator ? new Leadership(navigator.locks) : undefined;

/** Stands for speaking for this browser. @returns ends that; what it holds it keeps until another tab takes it */
export function standForLeader(): () => void {
  if (leadership === undefined) return () => {};
  const look = (): void => {
    if (document.visibilityState === 'visible') leadership.take();
    else leadership.queue();
  };
  look();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('focus', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('focus', look);
  };
}

/** Whether this tab is the one that speaks. */
export function isLeader(): boolean {
  return leadership?.leading ?? document.visibilityState === 'visible';
}
