import { type Severity, severities } from '../../shared/domain/announcement.ts';
import { type Entry, inForce } from './announcement-state.ts';

/** Something a person should notice. */
export interface Arrival {
  kind: 'new' | 'edited' | 'nudged' | 'retracted' | 'resolved';
  entry: Entry;
}

/** What there is to notice between two states of one entry; undefined if nothing, or if seen elsewhere already. */
export function arrivalOf(before: Entry | undefined, after: Entry | undefined): Arrival | undefined {
  if (after === undefined || after === before) return undefined;
  const { announcement } = after;
  if (before === undefined) {
    const fresh = announcement.mine.state === 'none' || announcement.mine.state === 'delivered';
    return fresh && inForce(announcement) ? { kind: 'new', entry: after } : undefined;
  }
  const was = before.announcement;
  if (inForce(was) && announcement.state === 'retracted') return { kind: 'retracted', entry: after };
  if (inForce(was) && announcement.state === 'resolved') return { kind: 'resolved', entry: after };
  if (!inForce(announcement)) return undefined;
  if (announcement.nudges > was.nudges) {
    return announcement.mine.state === 'acknowledged' ? undefined : { kind: 'nudged', entry: after };
  }
  const edited =
    announcement.title !== was.title ||
    announcement.body !== was.body ||
    announcement.severity !== was.severity;
  return edited ? { kind: 'edited', entry: after } : undefined;
}

export const severityWord: Record<Severity, string> = {
  info: 'Info',
  success: 'Resolved',
  warning: 'Warning',
  critical: 'Critical',
};

const kindWord: Record<Arrival['kind'], string> = {
  new: '',
  edited: ' updated',
  nudged: ', asked again',
  retracted: ' retracted',
  resolved: ' is over',
};

/** One notice for all that came at once: what is said, how loudly, and which sound, if any. */
export interface Digest {
  text: string;
  assertive: boolean;
  /** The most urgent arrival; desktop notifications speak of it. */
  lead: Arrival;
  sound: Severity | undefined;
  count: number;
}

const urgency = (arrival: Arrival): number => severities.indexOf(arrival.entry.announcement.severity);
const alerts = (arrival: Arrival): boolean => arrival.kind === 'new' || arrival.kind === 'nudged';

function sounds(arrival: Arrival): boolean {
  const { severity, surfaces, mine } = arrival.entry.announcement;
  if (!alerts(arrival) || mine.state === 'seen' || mine.state === 'acknowledged')
    return arrival.kind === 'nudged';
  return surfaces?.sound ?? severity !== 'info';
}

function isAssertive(arrival: Arrival): boolean {
  const { severity, acknowledge } = arrival.entry.announcement;
  return alerts(arrival) && (severity === 'critical' || acknowledge !== undefined);
}

/** One sentence for one arrival. */
function sentence({ kind, entry }: Arrival): string {
  const { severity, title, drill, acknowledge } = entry.announcement;
  const owed = alerts({ kind, entry }) && acknowledge !== undefined ? ' Answer needed.' : '';
  return `${drill ? 'Drill. ' : ''}${severityWord[severity]}${kindWord[kind]}: ${title}${owed}`;
}

/**
 * Makes one notice of everything that arrived together: a return after an absence is one line and at most one sound.
 * @param arrivals at least one
 */
export function digestOf(arrivals: readonly Arrival[]): Digest | undefined {
  const sorted = [...arrivals].sort(
    (a, b) => Number(alerts(b)) - Number(alerts(a)) || urgency(b) - urgency(a),
  );
  const lead = sorted[0];
  if (lead === undefined) return undefined;
  const loudest = sorted.filter(sounds).sort((a, b) => urgency(b) - urgency(a))[0];
  const more = sorted.length - 1;
  return {
    text:
      more === 0
        ? sentence(lead)
        : `${sentence(lead)} And ${more} more ${more === 1 ? 'announcement' : 'announcements'}.`,
    assertive: sorted.some(isAssertive),
    lead,
    sound: loudest?.entry.announcement.severity,
    count: sorted.length,
  };
}
