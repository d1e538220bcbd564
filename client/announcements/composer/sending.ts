import type { Reach, Severity } from '../../../shared/domain/announcement.ts';
import { formatCount } from '../../live/format.ts';

/** The server keeps it back for so long, so that it can be undone (ANN-4). */
export const HOLD_MS = 8_000;
/** More people than this are asked for twice. */
const CONFIRM_PEOPLE = 50;

/** Critical leaves at once and large audiences are hard to call back: both ask once more. */
export function needsConfirmation(severity: Severity, reach: Pick<Reach, 'people'> | undefined): boolean {
  return severity === 'critical' || (reach?.people ?? 0) > CONFIRM_PEOPLE;
}

/** Critical leaves at once; everything else waits for Undo. */
export function holdMs(severity: Severity): number {
  return severity === 'critical' ? 0 : HOLD_MS;
}

export function plural(n: number, one: string, many: string): string {
  return `${formatCount(n)} ${n === 1 ? one : many}`;
}

export function people(n: number): string {
  return plural(n, 'person', 'people');
}

/** Whom the act reaches, in words: `60 people and 3 screens`. */
function audienceWords(reach: Pick<Reach, 'people' | 'screens'>): string {
  if (reach.screens === 0) return people(reach.people);
  const screens = plural(reach.screens, 'screen', 'screens');
  return reach.people === 0 ? screens : `${people(reach.people)} and ${screens}`;
}

/** What the send button says: the act, and the numbers it will have. */
export function actWords(
  draft: { severity: Severity; drill: boolean },
  reach: Pick<Reach, 'people' | 'screens'> | undefined,
): string {
  const act = `Send ${draft.drill ? 'drill' : draft.severity}`;
  return reach === undefined ? act : `${act} to ${audienceWords(reach)}`;
}
