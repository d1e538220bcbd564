import type { DeliveredAnnouncement } from '../../shared/domain/announcement.ts';
import type { Entry } from './announcement-state.ts';

/** An announcement for tests: live, plain, sent at 1,000 ms. */
export function made(part: Partial<DeliveredAnnouncement> = {}): DeliveredAnnouncement {
  return {
    id: 'a',
    revision: 1,
    state: 'live',
    severity: 'warning',
    title: 'Crane 3 is out of service until 16:00.',
    body: '',
    createdBy: { id: 'ana', name: 'Ana Nunes' },
    createdAt: 1_000,
    updatedAt: 1_000,
    sentAt: 1_000,
    nudges: 0,
    mine: { state: 'none' },
    ...part,
  };
}

export function entry(part: Partial<DeliveredAnnouncement> = {}, rest: Partial<Entry> = {}): Entry {
  return { announcement: made(part), receivedAt: 1_000, ...rest };
}
