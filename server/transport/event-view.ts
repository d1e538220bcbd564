import type { ServerMessage } from '../../shared/protocol/server-messages.ts';
import { readPublication } from '../hub/messages.ts';
import { fieldLines } from './event-fields.ts';

/** A message as readers of events get it, but for the `id:` line before it, which is each reader's own. */
export interface ViewedEvent {
  /** Name, data and the blank line that ends the event. */
  bytes: Buffer;
  /** Where a reader stands in a channel after this. */
  moves?: { channel: string; offset: number; epoch?: string };
  /** The channel that the server no longer feeds: its numbering is over. */
  lost?: string;
}

/** What stands before the fields of a publication (`hub/messages.ts` puts its text together). */
const PUBLICATION_HEAD = '{"type":"publication",';

/** The messages of a frame as events, made once for all who read them so. */
export function eventsOf(texts: readonly string[]): ViewedEvent[] {
  return texts.map(eventOf);
}

function eventOf(text: string): ViewedEvent {
  const publication = readPublication(text);
  // Cut, not parsed: the data goes on as its producer wrote it.
  if (publication) {
    return {
      bytes: eventBytes('publication', `{${text.slice(PUBLICATION_HEAD.length)}`),
      moves: publication,
    };
  }
  const message = JSON.parse(text) as EventMessage;
  const { type, ...rest } = message;
  return { bytes: eventBytes(type, JSON.stringify(rest)), ...effectOf(message) };
}

/** `subscribed` comes in the form that has its publications apart. */
type EventMessage =
  | Exclude<ServerMessage, { type: 'subscribed' }>
  | { type: 'subscribed'; channel: string; epoch: string; after: number };

function effectOf(message: EventMessage): Omit<ViewedEvent, 'bytes'> {
  switch (message.type) {
    case 'subscribed':
      return { moves: { channel: message.channel, epoch: message.epoch, offset: message.after } };
    case 'gap':
      return { moves: { channel: message.channel, epoch: message.epoch, offset: message.to } };
    case 'unsubscribed':
      return { lost: message.channel };
    default:
      return {};
  }
}

/** One whole event. */
export function eventBytes(event: string, data: string): Buffer {
  return Buffer.from(`${fieldLines({ event, data })}\n`);
}
