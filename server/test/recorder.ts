import type { CloseName } from '../../shared/protocol/close-codes.ts';
import type {
  ServerMessage,
  ServerMessageOf,
  ServerMessageType,
} from '../../shared/protocol/server-messages.ts';
import type { Account } from '../auth/account.ts';
import { Client, type ClientDetails, type Sink } from '../hub/client.ts';
import type { Frame } from '../hub/frame.ts';

/** A sink that keeps what is written to it, and has room as long as a test says so. */
export class RecordingSink implements Sink {
  hasRoom = true;
  bufferedBytes = 0;
  readonly frames: Frame[] = [];
  readonly messages: ServerMessage[] = [];
  closedWith: { why: CloseName; reason: string | undefined } | undefined;
  /** Called after each write, before the next. */
  onWrite: (() => void) | undefined;

  write(frame: Frame): void {
    this.frames.push(frame);
    const message = JSON.parse(textOf(frame)) as ServerMessage | ServerMessage[];
    this.messages.push(...(Array.isArray(message) ? message : [message]));
    this.onWrite?.();
  }

  close(why: CloseName, reason?: string): void {
    this.closedWith = { why, reason };
  }

  all<T extends ServerMessageType>(type: T): ServerMessageOf<T>[] {
    return this.messages.filter((message): message is ServerMessageOf<T> => message.type === type);
  }

  last<T extends ServerMessageType>(type: T): ServerMessageOf<T> | undefined {
    return this.all(type).at(-1);
  }

  /** Offsets of a channel as they came, also those inside `subscribed`. */
  offsets(channel: string): number[] {
    return this.messages.flatMap((message) => {
      if (message.type === 'publication' && message.channel === channel) return [message.offset];
      if (message.type !== 'subscribed' || message.channel !== channel) return [];
      return message.publications.map(({ offset }) => offset);
    });
  }
}

/** The text that a WebSocket client gets. */
export function textOf({ bytes: frame }: Frame): string {
  const short = frame[1]!;
  const header = short < 126 ? 2 : short === 126 ? 4 : 10;
  return frame.toString('utf8', header);
}

export const viewer: Account = { id: 'p1', kind: 'person', name: 'Ada', role: 'viewer', groups: [] };

let lastId = 0;

/** A client (welcomed, unless a test says otherwise) and the sink it writes to. */
export function createClient(
  details: Partial<ClientDetails> = {},
  { welcomed = true } = {},
): { client: Client; sink: RecordingSink } {
  lastId += 1;
  const sink = new RecordingSink();
  const client = new Client(
    {
      id: `c${lastId}`,
      account: viewer,
      kind: 'browser',
      device: 'test',
      address: '127.0.0.1',
      since: 0,
      groups: [],
      tags: [],
      ...details,
    },
    sink,
  );
  if (welcomed) {
    client.welcome([]);
    sink.frames.length = 0;
  }
  return { client, sink };
}
