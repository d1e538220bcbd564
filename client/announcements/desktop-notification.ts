import { openDialog } from './announcement-store.ts';
import type { Arrival, Digest } from './arrivals.ts';
import { severityWord } from './arrivals.ts';

/** Whether the system should show it: critical and what must be answered always, a warning where nobody looks. */
function deservesNotification({ kind, entry }: Arrival, hidden: boolean): boolean {
  if (kind !== 'new' && kind !== 'nudged') return false;
  const { severity, acknowledge } = entry.announcement;
  if (severity === 'critical' || acknowledge !== undefined) return hidden || severity === 'critical';
  return severity === 'warning' && hidden;
}

/** Shows one notification for all that came together. Never asks for permission: the settings page does. */
export function showNotification({ lead, count }: Digest): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  if (!deservesNotification(lead, document.visibilityState === 'hidden')) return;
  const { id, severity, title, createdBy, acknowledge, drill } = lead.entry.announcement;
  const more = count > 1 ? ` And ${count - 1} more.` : '';
  const notification = new Notification(`${drill ? 'DRILL ' : ''}${severityWord[severity]}: ${title}`, {
    body: `${createdBy.name}.${acknowledge === undefined ? '' : ' Answer needed.'}${more}`,
    tag: id,
    requireInteraction: severity === 'critical' || acknowledge !== undefined,
    icon: '/favicon.svg',
  });
  notification.onclick = () => {
    window.focus();
    openDialog(id);
    notification.close();
  };
}
