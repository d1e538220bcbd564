import type { AnnouncementContent, Target } from '../../shared/domain/announcement.ts';
import type { Issue } from '../../shared/protocol/errors.ts';
import { AppError } from '../errors.ts';
import type { DirectoryPerson, Named } from './directory.ts';

interface Known {
  people: readonly DirectoryPerson[];
  groups: readonly Named[];
  boards: readonly Named[];
}

/** A moment beyond this is not one that `Date` can show (ms since 1970). */
const TIME_MAX = 8.64e15;

/** @throws AppError `malformed` with all the issues, when there are any */
export function refuse(issues: readonly Issue[]): void {
  if (issues.length === 0) return;
  throw new AppError('malformed', {
    message: issues.map(({ path, message }) => `${path}: ${message}`).join('; '),
    issues: issues.slice(0, 20),
  });
}

/**
 * The target with every id once and people by their ids, not by sign-in names, which may change.
 * @param path where the target stands in the request
 * @returns what is wrong, one issue for each group, person or board that does not exist
 */
export function resolveTarget(
  target: Target,
  known: Known,
  path: string,
): { target: Target; issues: Issue[] } {
  const issues: Issue[] = [];
  const idOf = new Map(known.people.map((person) => [person.login, person.id]));
  for (const { id } of known.people) idOf.set(id, id);
  const ids = (named: readonly Named[]) => new Map(named.map(({ id }) => [id, id]));
  const groups = ids(known.groups);
  const boards = ids(known.boards);
  const pick = (
    list: string[] | undefined,
    at: string,
    what: string,
    from: Map<string, string>,
  ): string[] => {
    const found = new Set<string>();
    list?.forEach((item, index) => {
      const id = from.get(item);
      if (id === undefined)
        issues.push({ path: `${path}/${at}/${index}`, message: `there is no ${what} ${item}` });
      else found.add(id);
    });
    return [...found];
  };
  const resolved: Target = {
    ...(target.everyone && { everyone: true as const }),
    ...part('groups', pick(target.groups, 'groups', 'group', groups)),
    ...part('people', pick(target.people, 'people', 'person', idOf)),
    ...part('boards', pick(target.boards, 'boards', 'board', boards)),
    ...part('walls', pick(target.walls, 'walls', 'wall', new Map())),
    ...part('tags', [...new Set(target.tags)]),
  };
  const except = {
    ...part('groups', pick(target.except?.groups, 'except/groups', 'group', groups)),
    ...part('people', pick(target.except?.people, 'except/people', 'person', idOf)),
  };
  if (Object.keys(except).length > 0) resolved.except = except;
  return { target: resolved, issues };
}

function part<K extends string>(key: K, list: string[]): { [P in K]?: string[] } {
  return (list.length > 0 ? { [key]: list } : {}) as { [P in K]?: string[] };
}

/**
 * Rules between the fields of an announcement that its schema cannot say.
 * @param given the fields that this request sets: what was stored before is not judged by today's clock
 */
export function contentIssues(
  content: AnnouncementContent,
  given: Partial<Record<keyof AnnouncementContent, unknown>>,
  now: number,
): Issue[] {
  const issues: Issue[] = [];
  const moment = (path: string, at: number | undefined, after: number, message: string): void => {
    if (at === undefined) return;
    if (!Number.isInteger(at) || at < 0 || at > TIME_MAX)
      issues.push({ path, message: 'is a time in whole ms since 1970' });
    else if (at <= after) issues.push({ path, message });
  };
  const starts = Math.max(now, content.startsAt ?? now);
  if (given.startsAt !== undefined) moment('startsAt', content.startsAt, -1, '');
  if (given.expiresAt !== undefined || given.startsAt !== undefined)
    moment('expiresAt', content.expiresAt, starts, 'lies before it would be shown');
  if (given.nextUpdateAt !== undefined) moment('nextUpdateAt', content.nextUpdateAt, now, 'lies in the past');
  if (given.acknowledge !== undefined)
    moment('acknowledge/lateAt', content.acknowledge?.lateAt, starts, 'lies before it would be shown');
  const texts = content.acknowledge?.choices?.map((choice) => choice.text) ?? [];
  texts.forEach((text, index) => {
    if (texts.indexOf(text) !== index)
      issues.push({ path: `acknowledge/choices/${index}/text`, message: 'is offered twice' });
  });
  return issues;
}

/** @returns what is wrong with the group that is told after the last repeat */
export function repeatIssues({ repeat }: AnnouncementContent, groups: readonly Named[]): Issue[] {
  const then = repeat?.thenGroup;
  if (then === undefined || groups.some((group) => group.id === then)) return [];
  return [{ path: 'repeat/thenGroup', message: `there is no group ${then}` }];
}
