import type { DeliveredAnnouncement } from '../../shared/domain/announcement.ts';

export interface Answer {
  label: string;
  /** Goes with the receipt; absent where there was nothing to choose. */
  answer?: string;
  urgent: boolean;
}

/** What a person can say to an announcement: the sender's choices, or that they have read it. */
export function answersOf({ acknowledge }: Pick<DeliveredAnnouncement, 'acknowledge'>): Answer[] {
  if (acknowledge === undefined) return [{ label: 'Got it', urgent: false }];
  if (acknowledge.choices === undefined) return [{ label: 'I’ve read this', urgent: false }];
  return acknowledge.choices.map(({ text, urgent }) => ({
    label: text,
    answer: text,
    urgent: urgent === true,
  }));
}

/** Which announcement the dialog shows: the one asked for, else the one already open, else the most urgent. */
export function dialogId(
  queue: readonly string[],
  asked: string | undefined,
  open: string | undefined,
): string | undefined {
  if (asked !== undefined) return asked;
  // What is open is not pulled from under the finger by what comes after it.
  if (open !== undefined && queue.includes(open)) return open;
  return queue[0];
}
