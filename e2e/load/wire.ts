export interface FrameHandlers {
  /** A text frame. The bytes are only lent: they change after the call. */
  text(payload: Buffer): void;
  ping(payload: Buffer): void;
  close(code: number, reason: string): void;
}

/** Frames out of chunks as they come from the socket; keeps no more than the beginning of an unfinished one. */
export class FrameReader {
  readonly #handlers: FrameHandlers;
  #rest: Buffer | undefined;

  constructor(handlers: FrameHandlers) {
    this.#handlers = handlers;
  }

  push(chunk: Buffer): void {
    const bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at);
      if (frame === undefined) break;
      at = frame.end;
      this.#dispatch(frame.opcode, bytes.subarray(frame.start, frame.end));
    }
    this.#rest = at === bytes.length ? undefined : Buffer.from(bytes.subarray(at));
  }

  #dispatch(opcode: number, payload: Buffer): void {
    if (opcode === 1) this.#handlers.text(payload);
    else if (opcode === 9) this.#handlers.ping(payload);
    else if (opcode === 8) {
      const code = payload.length < 2 ? 1005 : payload.readUInt16BE(0);
      this.#handlers.close(code, payload.toString('utf8', 2));
    }
  }
}

/** Where the payload of the frame that begins at `at` lies; undefined while it is not there as a whole. */
function frameAt(bytes: Buffer, at: number): { opcode: number; start: number; end: number } | undefined {
  const have = bytes.length - at;
  if (have < 2) return undefined;
  const short = bytes[at + 1]!;
  const header = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (have < header) return undefined;
  const length =
    header === 2 ? short : header === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
  if (have < header + length) return undefined;
  return { opcode: bytes[at]! & 15, start: at + header, end: at + header + length };
}

/** A masked frame as a client sends it; the mask is zero, which RFC 6455 allows and costs nothing. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const long = length > 125;
  const header = Buffer.alloc(long ? 8 : 6);
  header[0] = 0x80 | opcode;
  header[1] = 0x80 | (long ? 126 : length);
  if (long) header.writeUInt16BE(length, 2);
  return Buffer.concat([header, payload]);
}
