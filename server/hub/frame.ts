/** FIN and opcode 1 of RFC 6455. */
const TEXT = 0x81;

/**
 * Messages that go out together. Nothing in it belongs to one client, so that all who hear the same share one: what
 * their kind of line needs is made of the texts once, when the first of them is written to.
 */
export class Frame {
  /** Each one message as JSON, its `type` first. */
  readonly texts: readonly string[];
  #bytes: Buffer | undefined;
  #views: Map<unknown, unknown> | undefined;

  constructor(texts: readonly string[]) {
    this.texts = texts;
  }

  /** As a WebSocket text frame goes over the wire (from a server: unmasked). */
  get bytes(): Buffer {
    this.#bytes ??= framed(this.texts);
    return this.#bytes;
  }

  /** Bytes on the line of a WebSocket; on others about as many. */
  get length(): number {
    return this.bytes.length;
  }

  /** What another kind of line makes of the texts, made once however many ask. */
  view<T>(make: (texts: readonly string[]) => T): T {
    this.#views ??= new Map();
    if (!this.#views.has(make)) this.#views.set(make, make(this.texts));
    return this.#views.get(make) as T;
  }
}

/** @param texts messages as JSON */
export function frameOf(texts: readonly string[]): Frame {
  return new Frame(texts);
}

/** Frames message texts: a single one bare, several as a JSON array. */
function framed(texts: readonly string[]): Buffer {
  const text = texts.length === 1 ? texts[0]! : `[${texts.join(',')}]`;
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = TEXT;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(text, header, 'utf8');
  return frame;
}
