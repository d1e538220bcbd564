import type { Reach, Target } from '../../shared/domain/announcement.ts';
import { type ConnectedClient, type DirectoryPerson, isPerson, type Named } from './directory.ts';
import { isExcepted, isNamed, isScreen, peopleShown } from './targets.ts';

/** Names shown behind each number. */
const NAMES_MAX = 50;

interface Surroundings {
  people: readonly DirectoryPerson[];
  groups: readonly Named[];
  boards: readonly Named[];
  clients: readonly ConnectedClient[];
}

/** One part of a target, as a target of its own. */
interface Part {
  kind: Reach['parts'][number]['kind'];
  id: string;
  name: string;
  alone: Target;
}

/**
 * Counts an audience without sending. `people` are those who will get it, now or when they return; who is disabled is
 * `unreachable` and stands beside them.
 * @see docs/protocol.md ANN-2
 */
export function reachOf(target: Target, { people, groups, boards, clients }: Surroundings): Reach {
  const online = new Set(clients.filter(isPerson).map((client) => client.account.id));
  const shown = peopleShown(target, clients);
  const inAudience = people.filter(
    (person) => !isExcepted(target, person) && (isNamed(target, person) || shown.has(person.id)),
  );
  const reachable = inAudience.filter((person) => !person.disabled);
  const ids = new Set(reachable.map((person) => person.id));

  const named = new Map<string, number>();
  const parts = partsOf(target, people, groups, boards).map(({ kind, id, name, alone }) => {
    const open = peopleShown(alone, clients);
    const members = reachable.filter((person) => isNamed(alone, person) || open.has(person.id));
    for (const member of members) named.set(member.id, (named.get(member.id) ?? 0) + 1);
    const here = members.filter((member) => online.has(member.id));
    return { kind, id, name, people: members.length, online: here.length };
  });

  const now = reachable.filter((person) => online.has(person.id));
  const later = reachable.filter((person) => !online.has(person.id));
  const never = inAudience.filter((person) => person.disabled);
  return {
    people: reachable.length,
    online: now.length,
    devices: clients.filter((client) => isPerson(client) && ids.has(client.account.id)).length,
    offline: later.length,
    unreachable: never.length,
    screens: clients.filter((client) => isScreen(target, client)).length,
    overlap: [...named.values()].filter((times) => times > 1).length,
    parts,
    names: { online: namesOf(now), offline: namesOf(later), unreachable: namesOf(never) },
  };
}

function partsOf(
  target: Target,
  people: readonly DirectoryPerson[],
  groups: readonly Named[],
  boards: readonly Named[],
): Part[] {
  const nameIn = (list: readonly Named[], id: string): string =>
    list.find((one) => one.id === id)?.name ?? id;
  const parts: Part[] = [];
  if (target.everyone)
    parts.push({ kind: 'everyone', id: 'everyone', name: 'Everyone', alone: { everyone: true } });
  for (const id of target.groups ?? [])
    parts.push({ kind: 'group', id, name: nameIn(groups, id), alone: { groups: [id] } });
  for (const id of target.people ?? [])
    parts.push({ kind: 'person', id, name: nameIn(people, id), alone: { people: [id] } });
  for (const id of target.boards ?? [])
    parts.push({ kind: 'board', id, name: nameIn(boards, id), alone: { boards: [id] } });
  for (const id of target.tags ?? []) parts.push({ kind: 'tag', id, name: id, alone: { tags: [id] } });
  return parts;
}

function namesOf(people: readonly DirectoryPerson[]): string[] {
  return people
    .map((person) => person.name)
    .sort((a, b) => a.localeCompare(b))
    .slice(0, NAMES_MAX);
}
