const FIN = 0x80;
const OPCODE = 0x0f;
/** From this opcode on frames are control frames: whole in themselves, and allowed between the parts of a message. */
const FIRST_CONTROL = 0x8;
const MASKED = 0x80;
const LENGTH = 0x7f;
const MASK_BYTES = 4;

/**
 * Follows the frames of one socket by their headers alone, to know whether a message has begun of which the end has not
 * come. `ws` keeps what it has of such a message, and tells nobody. What is no WebSocket at all is for `ws` to find.
 */
export class FrameWatch {
  /** The beginning of a header that came in two parts. */
  #partial: Buffer | undefined;
  /** Bytes of the present frame that have not come yet. */
  #left = 0;
  #control = false;
  /** The present frame is the last of its message. */
  #last = true;
  /** Parts of a message have come, and more must follow. */
  #open = false;
  #held = 0;

  /** Bytes of the unfinished message so far; 0 between messages. */
  get held(): number {
    return this.#held;
  }

  /** Whether the last byte that came lies within a frame or a message. */
  get unfinished(): boolean {
    return this.#open || this.#left > 0 || this.#partial !== undefined;
  }

  /** @returns whether the end of a message was among these bytes */
  push(bytes: Buffer): boolean {
    const data = this.#partial ? Buffer.concat([this.#partial, bytes]) : bytes;
    this.#partial = undefined;
    let ended = false;
    let at = 0;
    while (at < data.length) {
      if (this.#left === 0) {
        const size = headerSize(data, at);
        if (at + size > data.length) {
          this.#partial = Buffer.from(data.subarray(at));
          break;
        }
        this.#begin(data, at);
        at += size;
      }
      const taken = Math.min(this.#left, data.length - at);
      at += taken;
      ended = this.#take(taken) || ended;
    }
    return ended;
  }

  #begin(data: Buffer, at: number): void {
    const first = data[at]!;
    this.#left = payloadLength(data, at);
    this.#control = (first & OPCODE) >= FIRST_CONTROL;
    if (this.#control) return;
    this.#last = (first & FIN) !== 0;
    this.#open = true;
  }

  /** @returns whether the message ended with them */
  #take(bytes: number): boolean {
    this.#left -= bytes;
    if (this.#control) return false;
    this.#held += bytes;
    if (this.#left > 0 || !this.#last) return false;
    this.#open = false;
    this.#held = 0;
    return true;
  }
}

/** Of the frame that begins there; 2 while the length is not known. */
function headerSize(data: Buffer, at: number): number {
  const second = data[at + 1];
  if (second === undefined) return 2;
  const length = second & LENGTH;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + ((second & MASKED) === 0 ? 0 : MASK_BYTES);
}

function payloadLength(data: Buffer, at: number): number {
  const length = data[at + 1]! & LENGTH;
  if (length === 126) return data.readUInt16BE(at + 2);
  // Above 2^53 it is not exact; ws has refused it by then.
  return length === 127 ? data.readUInt32BE(at + 2) * 2 ** 32 + data.readUInt32BE(at + 6) : length;
}
