import {
  type DeliveredAnnouncement,
  type ReceiptRank,
  type ReceiptState,
  receiptRank,
} from '../../shared/domain/announcement.ts';

/** One announcement as this page knows it. All times are ms since 1970 by the server's clock. */
export interface Entry {
  announcement: DeliveredAnnouncement;
  /** When this page first heard of it. */
  receivedAt: number;
  /** What the revision before said, so that an edit can be shown as strike and underline. */
  before?: { title: string; body: string };
  /** When it left force while this page was open; absent if it was over before. */
  endedAt?: number;
  /** When the sender last asked again; voids an earlier "remind me". */
  nudgedAt?: number;
}

export type Entries = Readonly<Record<string, Entry>>;

export function rankOf(state: ReceiptRank): number {
  return receiptRank.options.indexOf(state);
}

export function inForce(announcement: DeliveredAnnouncement): boolean {
  return announcement.state === 'live';
}

type Mine = DeliveredAnnouncement['mine'];

/** Of two readings of the same revision the higher rank wins, because a receipt of this page may still be on its way. */
function mergeMine(known: Mine, incoming: Mine): Mine {
  const higher = rankOf(incoming.state) >= rankOf(known.state) ? incoming : known;
  const deferredAt = Math.max(known.deferredAt ?? 0, incoming.deferredAt ?? 0);
  return deferredAt > 0 ? { ...higher, deferredAt } : higher;
}

/**
 * Takes in one announcement from the server: new, edited, nudged, ended, or with a new state of mine.
 * Repeats and older revisions change nothing; what ended before this page knew it never appears.
 * @see docs/protocol.md ANN-1, ANN-3
 */
export function receive(entries: Entries, incoming: DeliveredAnnouncement, now: number): Entries {
  const known = entries[incoming.id];
  if (known === undefined) {
    if (!inForce(incoming)) return entries;
    return { ...entries, [incoming.id]: { announcement: incoming, receivedAt: now } };
  }
  const was = known.announcement;
  if (incoming.revision < was.revision) return entries;
  const edited = incoming.title !== was.title || incoming.body !== was.body;
  const ended = inForce(was) && !inForce(incoming);
  const announcement =
    incoming.revision === was.revision
      ? {
          ...incoming,
          mine: mergeMine(was.mine, incoming.mine),
          nudges: Math.max(was.nudges, incoming.nudges),
        }
      : incoming;
  const { endedAt: _over, ...open } = known;
  return {
    ...entries,
    [incoming.id]: {
      ...(inForce(incoming) ? open : known),
      announcement,
      ...(edited && { before: { title: was.title, body: was.body } }),
      ...(ended && { endedAt: now }),
      ...(incoming.nudges > was.nudges && { nudgedAt: now }),
    },
  };
}

/**
 * A welcome names all that is in force; what this page still holds as live and is not named is over.
 * @see docs/protocol.md ANN-2
 */
export function keepInForce(entries: Entries, ids: readonly string[]): Entries {
  const named = new Set(ids);
  const kept = Object.entries(entries).filter(([id, entry]) => !inForce(entry.announcement) || named.has(id));
  return kept.length === Object.keys(entries).length ? entries : Object.fromEntries(kept);
}

/** What a receipt of this person does to their own copy, before the server has confirmed it. */
export function applyReceipt(
  entries: Entries,
  id: string,
  receipt: { state: ReceiptState; answer?: string | undefined },
  now: number,
): Entries {
  const entry = entries[id];
  if (entry === undefined) return entries;
  const mine = entry.announcement.mine;
  const next: Mine =
    receipt.state === 'deferred'
      ? { ...mine, deferredAt: now }
      : rankOf(receipt.state) < rankOf(mine.state)
        ? mine
        : { ...mine, state: receipt.state, ...(receipt.answer !== undefined && { answer: receipt.answer }) };
  if (next === mine) return entries;
  return { ...entries, [id]: { ...entry, announcement: { ...entry.announcement, mine: next } } };
}

/** Drops what has ended, or run out, more than `keepMs` ago, so that a page open for weeks does not grow. */
export function forgetOld(entries: Entries, now: number, keepMs: number): Entries {
  const kept = Object.entries(entries).filter(
    ([, entry]) => entry.endedAt === undefined || now - entry.endedAt < keepMs,
  );
  return kept.length === Object.keys(entries).length ? entries : Object.fromEntries(kept);
}
