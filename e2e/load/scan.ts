/** The messages that a viewer looks at; others pass. */
export interface Message {
  type: string;
  channel: string;
  epoch: string;
  offset: number;
  publications: { offset: number; data: unknown }[];
  recovered?: boolean;
  from: number;
  to: number;
  data: unknown;
  event: string;
  code: number;
  message: string;
  reconnect: { spreadMs: number };
}

export interface Scanned {
  /** Number of the channel and offset of each publication, one pair after the other. */
  pairs: Int32Array;
  /** All messages, where not all of them are publications. */
  messages: Message[] | undefined;
}

const TYPE = Buffer.from('"type":"');
const PUBLICATION = Buffer.from('publication"');
const CHANNEL = Buffer.from('"channel":"');
const OFFSET = Buffer.from('"offset":');
const QUOTE = 0x22;
const ZERO = 0x30;

/** Frames remembered: a tick of each audience and a few that are late. */
const REMEMBERED = 8;

/**
 * Looks for offsets in the bytes of frames. Clients of one audience get the same bytes: a frame that equals one of
 * the last few, byte for byte, needs no second look. Without that, many clients in one process measure themselves.
 */
export class Scanner {
  readonly #channels: ReadonlyMap<string, number>;
  readonly #parse: (text: string) => Message[];
  readonly #seen: { bytes: Buffer; scanned: Scanned }[] = [];
  #next = 0;

  /** @param parse the messages of a frame's text */
  constructor(channels: readonly string[], parse: (text: string) => Message[]) {
    this.#channels = new Map(channels.map((channel, at) => [channel, at]));
    this.#parse = parse;
  }

  scan(payload: Buffer): Scanned {
    for (const { bytes, scanned } of this.#seen) {
      if (bytes.length === payload.length && bytes.equals(payload)) return scanned;
    }
    const scanned = this.#look(payload);
    this.#seen[this.#next] = { bytes: Buffer.from(payload), scanned };
    this.#next = (this.#next + 1) % REMEMBERED;
    return scanned;
  }

  channel(name: string): number {
    return this.#channels.get(name) ?? -1;
  }

  parse(payload: Buffer): Message[] {
    return this.#parse(payload.toString());
  }

  #look(payload: Buffer): Scanned {
    const pairs: number[] = [];
    for (let at = payload.indexOf(TYPE); at >= 0; at = payload.indexOf(TYPE, at)) {
      at += TYPE.length;
      if (PUBLICATION.compare(payload, at, at + PUBLICATION.length) !== 0) {
        return { pairs: new Int32Array(), messages: this.parse(payload) };
      }
      const from = payload.indexOf(CHANNEL, at) + CHANNEL.length;
      const end = payload.indexOf(QUOTE, from);
      pairs.push(this.channel(payload.toString('latin1', from, end)));
      pairs.push(digits(payload, payload.indexOf(OFFSET, end) + OFFSET.length));
    }
    return { pairs: Int32Array.from(pairs), messages: undefined };
  }
}

function digits(payload: Buffer, from: number): number {
  let value = 0;
  for (let at = from; ; at += 1) {
    const digit = payload[at]! - ZERO;
    if (!(digit >= 0 && digit <= 9)) return value;
    value = value * 10 + digit;
  }
}
