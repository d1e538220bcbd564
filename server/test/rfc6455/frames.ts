import { randomBytes } from 'node:crypto';

export const CONTINUATION = 0x0;
export const TEXT = 0x1;
export const BINARY = 0x2;
export const CLOSE = 0x8;
export const PING = 0x9;
export const PONG = 0xa;

export interface FrameOptions {
  /** False: more of the message follows. */
  fin?: boolean;
  /** The three reserved bits, 0 to 7; RSV1 is 4. */
  rsv?: number;
  /** False breaks the rule that clients mask. */
  mask?: boolean;
  /** Bits of the length field, where it is not to be the shortest one. */
  lengthBits?: 16 | 64;
  /** The length that the header tells, where it is not to be the true one. */
  claim?: bigint;
}

/** The bytes of one frame as a client sends it, as right or wrong as a test wants it. */
export function frame(opcode: number, payload: string | Uint8Array = '', options: FrameOptions = {}): Buffer {
  const { fin = true, rsv = 0, mask = true, lengthBits, claim } = options;
  const data = Buffer.from(payload as Uint8Array);
  const length = claim ?? BigInt(data.length);
  const bits = lengthBits ?? (length < 126n ? 7 : length < 65_536n ? 16 : 64);
  const header = Buffer.alloc(bits === 7 ? 2 : bits === 16 ? 4 : 10);
  header[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  header[1] = (mask ? 0x80 : 0) | (bits === 7 ? Number(length) : bits === 16 ? 126 : 127);
  if (bits === 16) header.writeUInt16BE(Number(length), 2);
  if (bits === 64) header.writeBigUInt64BE(length, 2);
  if (!mask) return Buffer.concat([header, data]);
  const key = randomBytes(4);
  return Buffer.concat([header, key, data.map((byte, at) => byte ^ key[at % 4]!)]);
}

/** The frames of one message, cut at every `size` bytes. */
export function fragments(opcode: number, payload: string | Uint8Array, size: number): Buffer[] {
  const data = Buffer.from(payload as Uint8Array);
  const count = Math.max(1, Math.ceil(data.length / size));
  return Array.from({ length: count }, (_, at) =>
    frame(at === 0 ? opcode : CONTINUATION, data.subarray(at * size, (at + 1) * size), {
      fin: at === count - 1,
    }),
  );
}

/** A close frame with a code, which may be one that does not exist. */
export function closeFrame(code: number, reason: string | Uint8Array = ''): Buffer {
  return frame(CLOSE, Buffer.concat([uint16(code), Buffer.from(reason as Uint8Array)]));
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export interface ReceivedFrame {
  opcode: number;
  fin: boolean;
  payload: Buffer;
}

/**
 * Takes the first whole frame of a server off some bytes.
 * @returns undefined while it is not all there
 * @throws Error for a frame that no server may send: masked, or with reserved bits
 */
export function takeFrame(bytes: Buffer): { frame: ReceivedFrame; rest: Buffer } | undefined {
  if (bytes.length < 2) return undefined;
  const [first, second] = [bytes[0]!, bytes[1]!];
  if ((first & 0x70) !== 0 || (second & 0x80) !== 0)
    throw new Error('The server sent a frame with wrong bits.');
  const start = second < 126 ? 2 : second === 126 ? 4 : 10;
  if (bytes.length < start) return undefined;
  const length =
    second < 126 ? second : second === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return undefined;
  const payload = bytes.subarray(start, start + length);
  return {
    frame: { opcode: first & 0x0f, fin: (first & 0x80) !== 0, payload },
    rest: bytes.subarray(start + length),
  };
}
