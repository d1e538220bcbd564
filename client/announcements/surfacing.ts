import { type Severity, severities } from '../../shared/domain/announcement.ts';
import { type Entries, type Entry, inForce } from './announcement-state.ts';

/** How long "Remind me" keeps the dialog away. */
export const REMIND_MS = 2 * 60_000;
/** What is retracted or resolved stays struck through for so long before it collapses. */
export const COLLAPSE_MS = 3_000;
/** Good news leaves by itself. */
export const SUCCESS_BANNER_MS = 5 * 60_000;

export interface BannerItem {
  entry: Entry;
  /** `open`: waits for an act · `slim`: acted on, still in force · `over`: about to collapse */
  form: 'open' | 'slim' | 'over';
}

const weight = (severity: Severity): number => severities.indexOf(severity);

export function needsAnswer(entry: Entry): boolean {
  const { announcement } = entry;
  return (
    inForce(announcement) &&
    announcement.acknowledge !== undefined &&
    announcement.mine.state !== 'acknowledged'
  );
}

/** When the dialog comes back, in ms; undefined if it was not put off, or has been asked for again since. */
function remindAt(entry: Entry): number | undefined {
  const { deferredAt } = entry.announcement.mine;
  if (deferredAt === undefined || (entry.nudgedAt ?? 0) > deferredAt) return undefined;
  return deferredAt + REMIND_MS;
}

/** A dialog is asked for by the sender, or follows from having to answer unless the sender said no. */
function wantsDialog(entry: Entry): boolean {
  const { announcement } = entry;
  if (!inForce(announcement) || announcement.mine.state === 'acknowledged') return false;
  return announcement.surfaces?.dialog ?? announcement.acknowledge !== undefined;
}

/** Orders the most severe first, of equals the newest. */
export function byUrgency(a: Entry, b: Entry): number {
  const severity = weight(b.announcement.severity) - weight(a.announcement.severity);
  return severity !== 0 ? severity : sentAt(b) - sentAt(a);
}

export function sentAt(entry: Entry): number {
  return entry.announcement.sentAt ?? entry.announcement.createdAt;
}

/** What the dialog shows one after the other: most urgent first, without what was put off. */
export function dialogQueue(entries: Entries, now: number): Entry[] {
  return Object.values(entries)
    .filter((entry) => wantsDialog(entry) && (remindAt(entry) ?? 0) <= now)
    .sort(byUrgency);
}

function bannerForm(entry: Entry, now: number): BannerItem['form'] | undefined {
  const { announcement } = entry;
  const { severity, mine } = announcement;
  const mustAnswer = announcement.acknowledge !== undefined;
  if (!mustAnswer && severity === 'info') return undefined;
  if (!inForce(announcement)) {
    if (entry.endedAt === undefined || now - entry.endedAt >= COLLAPSE_MS) return undefined;
    return mine.state === 'acknowledged' && severity !== 'critical' ? undefined : 'over';
  }
  if (mine.state === 'acknowledged') return severity === 'critical' && !mustAnswer ? 'slim' : undefined;
  if (mustAnswer) return 'open';
  return severity === 'success' && now - sentAt(entry) >= SUCCESS_BANNER_MS ? undefined : 'open';
}

/** What stands in the banner slot, most urgent first; what only lingers comes last. */
export function bannerItems(entries: Entries, now: number): BannerItem[] {
  const items: BannerItem[] = [];
  for (const entry of Object.values(entries)) {
    const form = bannerForm(entry, now);
    if (form !== undefined) items.push({ entry, form });
  }
  const order = { open: 0, slim: 1, over: 2 };
  return items.sort((a, b) => order[a.form] - order[b.form] || byUrgency(a.entry, b.entry));
}

/** In force and not yet read by this person on any device. */
export function isUnread(entry: Entry): boolean {
  const { state } = entry.announcement.mine;
  return inForce(entry.announcement) && (state === 'none' || state === 'delivered');
}

/** The next moment at which something surfaces or leaves by the clock alone, or undefined. */
export function nextChangeAt(entries: Entries, now: number): number | undefined {
  const moments = Object.values(entries).flatMap((entry) => {
    const { announcement } = entry;
    if (!inForce(announcement)) return entry.endedAt === undefined ? [] : [entry.endedAt + COLLAPSE_MS];
    const reminder = remindAt(entry);
    return [
      ...(reminder === undefined ? [] : [reminder]),
      ...(announcement.severity === 'success' ? [sentAt(entry) + SUCCESS_BANNER_MS] : []),
    ];
  });
  const ahead = moments.filter((at) => at > now);
  return ahead.length === 0 ? undefined : Math.min(...ahead);
}
