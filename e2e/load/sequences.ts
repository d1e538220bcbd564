export interface Tally {
  /** Publications over all viewers and channels. */
  received: number;
  doubled: number;
  /** Came after a later one. */
  reordered: number;
  /** Offsets that the server said will not come. */
  told: number;
}

/** What one viewer has of each channel: notices every offset that is missing, came twice or came late. */
export class Sequences {
  /** Last offset of each channel; -1 before the subscription is answered. */
  readonly last: Int32Array;
  readonly #tally: Tally;
  #missing: Map<number, Set<number>> | undefined;

  constructor(channels: number, tally: Tally) {
    this.last = new Int32Array(channels).fill(-1);
    this.#tally = tally;
  }

  got(channel: number, offset: number): void {
    const { last } = this;
    this.#tally.received += 1;
    if (offset === last[channel]! + 1) last[channel] = offset;
    else this.#unexpected(channel, offset);
  }

  /** The server has said that `from` to `to` will not come. */
  told(channel: number, from: number, to: number): void {
    for (let offset = Math.max(from, this.last[channel]! + 1); offset <= to; offset += 1)
      this.#tally.told += 1;
    this.last[channel] = Math.max(this.last[channel]!, to);
  }

  /** Offsets that were passed over without a word and have not come since. */
  get missing(): number {
    let count = 0;
    for (const offsets of this.#missing?.values() ?? []) count += offsets.size;
    return count;
  }

  #unexpected(channel: number, offset: number): void {
    const before = this.last[channel]!;
    this.#missing ??= new Map();
    const missing = this.#missing.get(channel) ?? new Set();
    this.#missing.set(channel, missing);
    if (offset <= before) {
      if (missing.delete(offset)) this.#tally.reordered += 1;
      else this.#tally.doubled += 1;
      return;
    }
    for (let skipped = before + 1; skipped < offset; skipped += 1) missing.add(skipped);
    this.last[channel] = offset;
  }
}
