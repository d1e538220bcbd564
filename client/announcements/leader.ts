/** One tab of a browser makes the sounds and shows the notifications; it holds this lock as long as it lives. */
const LOCK = 'callboard.attention';

let leading = false;

/** Stands in line to speak for this browser. */
export function standForLeader(): void {
  // Browsers offer locks to secure pages only; without them the tab that is looked at speaks.
  if (!('locks' in navigator)) return;
  void navigator.locks.request(LOCK, () => {
    leading = true;
    return new Promise<never>(() => {});
  });
}

/** Whether this tab is the one that speaks. */
export function isLeader(): boolean {
  return 'locks' in navigator ? leading : document.visibilityState === 'visible';
}
