/**
 * A WebSocket text frame as it goes over the wire (RFC 6455, from a server: unmasked). Framed once, it can be written
 * to any number of sockets, because nothing in it belongs to one of them.
 */
export type Frame = Buffer;

/** FIN and opcode 1. */
const TEXT = 0x81;

/** Frames message texts: a single one bare, several as a JSON array. */
export function frameOf(texts: readonly string[]): Frame {
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
