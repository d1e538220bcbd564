import type { Target } from '../../../shared/domain/announcement.ts';

/** Names by `group:<id>`, `person:<id>`, `board:<id>`. */
export type Names = ReadonlyMap<string, string>;

const listed = (ids: readonly string[] | undefined, kind: string, names: Names): string[] =>
  (ids ?? []).map((id) => names.get(`${kind}:${id}`) ?? id);

/** Whom an announcement is aimed at, in words: `North quay, viewers of Gates`. */
export function targetWords(target: Target, names: Names): { to: string; except: string } {
  const to = [
    ...(target.everyone ? ['everyone'] : []),
    ...listed(target.groups, 'group', names),
    ...listed(target.people, 'person', names),
    ...listed(target.boards, 'board', names).map((name) => `viewers of ${name}`),
    ...listed(target.walls, 'wall', names),
    ...(target.tags ?? []).map((tag) => `screens tagged ${tag}`),
  ];
  const except = [
    ...listed(target.except?.groups, 'group', names),
    ...listed(target.except?.people, 'person', names),
  ];
  return { to: to.join(', '), except: except.join(', ') };
}
