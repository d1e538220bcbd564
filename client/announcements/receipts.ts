import type { DeliveredAnnouncement, ReceiptState } from '../../shared/domain/announcement.ts';
import type { ClientMessageOf } from '../../shared/protocol/client-messages.ts';
import { rankOf } from './announcement-state.ts';

export type ReceiptIntent = Omit<ClientMessageOf<'receipt'>, 'id'>;

/** A card counts as seen when so much of it was visible … */
export const SEEN_RATIO = 0.6;
/** … for so long, in a visible tab. */
export const SEEN_MS = 1_500;

/** How many receipts are remembered as sent; far more than a page ever holds in force. */
const REMEMBERED = 2_000;

/**
 * Sends each receipt once per revision, and none that says less than the server already knows.
 * Answers and deferrals are acts of the person and always go.
 */
export class ReceiptSender {
  readonly #send: (intent: ReceiptIntent) => void;
  readonly #sent = new Set<string>();

  constructor(send: (intent: ReceiptIntent) => void) {
    this.#send = send;
  }

  /** @returns whether it was sent */
  send(announcement: DeliveredAnnouncement, state: ReceiptState, answer?: string): boolean {
    const { id, revision, mine } = announcement;
    if (state !== 'deferred' && rankOf(mine.state) >= rankOf(state)) return false;
    const key = `${id}/${revision}/${state}`;
    if ((state === 'delivered' || state === 'seen') && this.#sent.has(key)) return false;
    if (this.#sent.size >= REMEMBERED) this.#sent.clear();
    this.#sent.add(key);
    this.#send({
      type: 'receipt',
      announcement: id,
      revision,
      state,
      ...(answer !== undefined && { answer }),
    });
    return true;
  }
}
