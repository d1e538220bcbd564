import type { Target } from '../../shared/domain/announcement.ts';
import { type ConnectedClient, type DirectoryPerson, isPerson } from './directory.ts';

/** What makes somebody a member: the directory, or the board or tag of a connection. */
export type MembershipBy = 'directory' | 'presence';

export interface Member {
  id: string;
  name: string;
  groups: readonly string[];
  via: MembershipBy;
}

type Who = Pick<DirectoryPerson, 'id' | 'groups'>;

const includesAny = (list: readonly string[] | undefined, items: readonly string[]): boolean =>
  list !== undefined && items.some((item) => list.includes(item));

export function isExcepted({ except }: Target, who: Who): boolean {
  return except?.people?.includes(who.id) === true || includesAny(except?.groups, who.groups);
}

/** Whether the target names this person, whatever they have open. */
export function isNamed(target: Target, who: Who): boolean {
  return (
    target.everyone === true ||
    target.people?.includes(who.id) === true ||
    includesAny(target.groups, who.groups)
  );
}

/** Whether the target names the board that this connection shows, or a tag that it gave itself. */
export function isShown(target: Target, client: Pick<ConnectedClient, 'board' | 'tags'>): boolean {
  return (
    (client.board !== undefined && target.boards?.includes(client.board) === true) ||
    includesAny(target.tags, client.tags)
  );
}

/** Whether this connection shows the announcement without a person behind it. */
export function isScreen(target: Target, client: ConnectedClient): boolean {
  return !isPerson(client) && (target.everyone === true || isShown(target, client));
}

/**
 * What makes one person a member now, or undefined.
 * @param before what made them a member until now. Who had a targeted board open stays a member while the announcement
 *   is in force: it must not vanish because they looked at another board, or came back without one (ANN-2)
 */
export function membershipOf(
  target: Target,
  who: Who,
  client: Pick<ConnectedClient, 'board' | 'tags'> | undefined,
  before: MembershipBy | undefined,
): MembershipBy | undefined {
  if (isExcepted(target, who)) return undefined;
  if (isNamed(target, who)) return 'directory';
  if (client !== undefined && isShown(target, client)) return 'presence';
  return before === 'presence' && dependsOnPresence(target) ? 'presence' : undefined;
}

export function dependsOnPresence({ boards, tags }: Target): boolean {
  return (boards?.length ?? 0) + (tags?.length ?? 0) > 0;
}

/** Whether everybody whom a board or tag made a member by `before` may stay one by `after`. */
export function keepsPresence(before: Target, after: Target): boolean {
  const covers = (old: readonly string[] = [], now: readonly string[] = []): boolean =>
    old.every((item) => now.includes(item));
  return covers(before.boards, after.boards) && covers(before.tags, after.tags);
}

/** People who have, in one of their connections, what the target names by board or tag. */
export function peopleShown(target: Target, clients: Iterable<ConnectedClient>): Set<string> {
  const shown = new Set<string>();
  for (const client of clients) if (isPerson(client) && isShown(target, client)) shown.add(client.account.id);
  return shown;
}

/** Whom a target reaches at this moment, each person once. Who is disabled cannot be reached. */
export function membersOf(
  target: Target,
  people: readonly DirectoryPerson[],
  clients: Iterable<ConnectedClient>,
): Map<string, Member> {
  const shown = peopleShown(target, clients);
  const members = new Map<string, Member>();
  for (const person of people) {
    if (person.disabled || isExcepted(target, person)) continue;
    const named = isNamed(target, person);
    if (!named && !shown.has(person.id)) continue;
    members.set(person.id, {
      id: person.id,
      name: person.name,
      groups: person.groups,
      via: named ? 'directory' : 'presence',
    });
  }
  return members;
}
