import { create } from 'zustand';
import type { DeliveredAnnouncement, ReceiptState } from '../../shared/domain/announcement.ts';
import { connection } from '../connection/connection.ts';
import { serverNow } from '../live/clock.ts';
import {
  applyReceipt,
  type Entries,
  forgetOld,
  inForce,
  keepInForce,
  receive,
} from './announcement-state.ts';
import { type Arrival, arrivalOf } from './arrivals.ts';
import { ReceiptSender } from './receipts.ts';
import { isUnread } from './surfacing.ts';

/** What ended stays in the feed of a page that is left open for so long. */
const KEEP_ENDED_MS = 24 * 3_600_000;

export interface AnnouncementStore {
  entries: Entries;
  /** Whose these are; another account begins anew. */
  accountId: string | undefined;
  /** The announcement a person asked to answer, whatever the queue says. */
  answering: string | undefined;
}

export const useAnnouncements = create<AnnouncementStore>(() => ({
  entries: {},
  accountId: undefined,
  answering: undefined,
}));

type ArrivalListener = (arrival: Arrival) => void;
const arrivalListeners = new Set<ArrivalListener>();
const receipts = new ReceiptSender((intent) => connection.intent(intent));

/** Hears of everything a person should notice, once each. */
export function onArrival(listener: ArrivalListener): () => void {
  arrivalListeners.add(listener);
  return () => arrivalListeners.delete(listener);
}

function take(announcement: DeliveredAnnouncement): void {
  const { entries } = useAnnouncements.getState();
  const before = entries[announcement.id];
  const next = withWaiting(
    forgetOld(receive(entries, announcement, serverNow()), serverNow(), KEEP_ENDED_MS),
    announcement,
  );
  useAnnouncements.setState({ entries: next });
  const after = next[announcement.id];
  const arrival = arrivalOf(before, after);
  // The copy is kept: the server may count it as delivered, whether or not anybody looks.
  if (after !== undefined && inForce(announcement)) sendReceipt(announcement.id, 'delivered');
  if (arrival !== undefined) for (const listener of arrivalListeners) listener(arrival);
}

/** What this person did while offline, perhaps before a reload, is not asked for again while it is on its way. */
function withWaiting(entries: Entries, { id, revision }: DeliveredAnnouncement): Entries {
  return connection.waitingReceipts
    .filter((receipt) => receipt.announcement === id && receipt.revision === revision)
    .reduce((held, receipt) => applyReceipt(held, id, receipt, serverNow()), entries);
}

function welcomed(accountId: string, named: readonly string[]): void {
  useAnnouncements.setState((state) =>
    state.accountId === accountId
      ? { entries: keepInForce(state.entries, named) }
      : { accountId, entries: {}, answering: undefined },
  );
}

/** Marks what this person did and tells the server, now or when the line is back. */
export function sendReceipt(id: string, state: ReceiptState, answer?: string): void {
  const entry = useAnnouncements.getState().entries[id];
  if (entry === undefined || !receipts.send(entry.announcement, state, answer)) return;
  useAnnouncements.setState(({ entries }) => ({
    entries: applyReceipt(entries, id, { state, ...(answer !== undefined && { answer }) }, serverNow()),
  }));
}

/** Opens the dialog of one announcement, also where it was put off or never asked for one. */
export function openDialog(id: string): void {
  useAnnouncements.setState({ answering: id });
}

export function closeDialog(): void {
  useAnnouncements.setState({ answering: undefined });
}

/** How many announcements in force this person has not read yet, on any device. */
export function useUnreadCount(): number {
  return useAnnouncements((state) => Object.values(state.entries).filter(isUnread).length);
}

/**
 * Begins to listen; the shell calls it once, before the connection is started.
 * @returns a function that ends the listening
 */
export function listenForAnnouncements(): () => void {
  const ends = [
    connection.on('welcome', (message) => welcomed(message.account.id, message.inForce)),
    connection.on('announcement', (message) => take(message.announcement)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
