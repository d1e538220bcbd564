import { type Severity, severities } from '../../../shared/domain/announcement.ts';
import { formatAge, formatCount } from '../../live/format.ts';
import type { AwayDigest } from './away-digest.ts';

export interface AwayCount {
  mark: Severity | 'over' | 'gap' | 'silent' | 'none';
  text: string;
}

/** `While you were away, 12 min` */
export function awayTitle({ absence }: AwayDigest): string {
  const length = formatAge(absence.to - absence.from);
  return absence.hidden ? `While you were away, ${length}` : `You were offline, ${length}`;
}

const kindWords = {
  edited: 'edited',
  nudged: 'asked again',
  retracted: 'retracted',
  resolved: 'resolved',
  over: 'over',
};

/** What happened, in a line: the most urgent first, and in the end that nothing is missing, if so. */
export function awayCounts({ announcements, worse, gaps, updates, absence }: AwayDigest): AwayCount[] {
  const counts: AwayCount[] = [];
  for (const severity of [...severities].sort(byUrgency)) {
    const fresh = announcements.filter((one) => one.kind === 'new' && one.severity === severity).length;
    if (fresh > 0) counts.push({ mark: severity, text: `${fresh} ${severity}` });
  }
  for (const [kind, word] of Object.entries(kindWords)) {
    const some = announcements.filter((one) => one.kind === kind);
    const first = [...some].sort((a, b) => byUrgency(a.severity, b.severity))[0];
    if (first === undefined) continue;
    const ended = kind === 'retracted' || kind === 'over';
    counts.push({
      mark: ended ? 'over' : kind === 'resolved' ? 'success' : first.severity,
      text: `${some.length} ${word}`,
    });
  }
  const worst = worse[0];
  if (worst !== undefined) {
    counts.push({
      mark: worst.level,
      text: worse.length === 1 ? `${worst.title} ${levelWords[worst.level]}` : `${worse.length} tiles worse`,
    });
  }
  const longest = gaps[0];
  if (longest !== undefined) {
    const where = gaps.length === 1 ? longest.channel : `${gaps.length} channels`;
    counts.push({ mark: 'gap', text: `${formatAge(longest.ms)} gap in ${where}` });
  }
  if (absence.offline) {
    const missing = gaps.length === 0 ? ', nothing is missing' : '';
    // Some of them came while nobody looked, before the line was left.
    const how = absence.hidden ? 'meanwhile' : 'came back';
    const came = `${updates === 1 ? '1 update' : `${formatCount(updates)} updates`} ${how}`;
    counts.push({
      mark: 'none',
      text: updates === 0 && missing !== '' ? 'Nothing is missing' : `${came}${missing}`,
    });
  }
  return counts;
}

export const levelWords = {
  warning: 'passed a limit',
  critical: 'is critical',
  silent: 'fell silent',
} as const;

function byUrgency(a: Severity, b: Severity): number {
  return severities.indexOf(b) - severities.indexOf(a);
}
