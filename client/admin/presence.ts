import type { Person } from '../../shared/domain/account.ts';

/** Where a person stands now. `invited`: has not chosen a passphrase yet. */
export type Presence = 'online' | 'offline' | 'invited' | 'disabled';

export function presenceOf(person: Pick<Person, 'disabled' | 'online' | 'hasPassword'>): Presence {
  if (person.disabled) return 'disabled';
  if ((person.online ?? 0) > 0) return 'online';
  return person.hasPassword ? 'offline' : 'invited';
}

export function devicesText(person: Person): string {
  const count = person.online ?? 0;
  if (count === 0) return 'none';
  return count === 1 ? '1 device' : `${count} devices`;
}
