import { expect, test } from 'vitest';
import { announcementState } from '../../shared/domain/announcement.ts';
import { type AnnouncementEvent, transition } from './transition.ts';

const events: AnnouncementEvent[] = [
  'edit',
  'schedule',
  'send',
  'nudge',
  'resolve',
  'retract',
  'expire',
  'delete',
];

test('[ANN-4] every state allows exactly these events', () => {
  const allowed = announcementState.options.map((state) => {
    const possible = events.filter((event) => {
      try {
        transition(state, event);
        return true;
      } catch {
        return false;
      }
    });
    return `${state}: ${possible.join(' ')}`;
  });
  expect(allowed).toEqual([
    'draft: edit schedule send delete',
    'scheduled: edit schedule send retract expire delete',
    'live: edit nudge resolve retract expire',
    'resolved: ',
    'retracted: retract',
    'expired: ',
  ]);
});

test('[ANN-5] an event that cannot happen says which, and in what state it is', () => {
  expect(() => transition('expired', 'edit')).toThrow('This announcement is expired: it cannot be edited.');
});
