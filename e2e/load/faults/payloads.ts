import type { Position } from '../../../shared/protocol/position.ts';
import type { Ledger } from './ledger.ts';

/** What a producer sent under one idempotency key, and what became of it. */
export interface Sending {
  readonly producer: string;
  readonly channel: string;
  readonly key: string;
  readonly hash: string;
  /** The producer's newest acknowledged position when it sent this: this one must come behind it. */
  readonly after: Position | undefined;
  acknowledged?: Position;
  refused: boolean;
  /** Where it was seen: offset by epoch. */
  readonly places: Map<string, number>;
}

/**
 * One hash per (channel, epoch, offset), whoever saw it and whenever: an offset never has two payloads, and a payload
 * never two offsets. Grows with publications, not with deliveries.
 */
export class Payloads {
  readonly #ledger: Ledger;
  readonly #sendings = new Map<string, Sending>();
  /** By `channel epoch`, then by offset. */
  readonly #seen = new Map<string, (string | undefined)[]>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** @throws when two publications of the run have the same data: then nothing could be told apart */
  add(sending: Sending): void {
    if (this.#sendings.has(sending.hash)) throw new Error(`the data of ${sending.key} was sent before`);
    this.#sendings.set(sending.hash, sending);
  }

  sendings(): Iterable<Sending> {
    return this.#sendings.values();
  }

  at(channel: string, { epoch, offset }: Position): string | undefined {
    return this.#seen.get(`${channel} ${epoch}`)?.[offset];
  }

  /** The highest offset that anybody saw. */
  highest(channel: string, epoch: string): number {
    return (this.#seen.get(`${channel} ${epoch}`)?.length ?? 1) - 1;
  }

  see(channel: string, { epoch, offset }: Position, hash: string, who: string): void {
    const name = `${channel} ${epoch}`;
    let seen = this.#seen.get(name);
    if (!seen) {
      seen = [];
      this.#seen.set(name, seen);
    }
    const known = seen[offset];
    if (known === hash) return;
    if (known !== undefined) {
      this.#ledger.note('two payloads', `${who}: ${channel} ${epoch}/${offset} was ${known}, is ${hash}`);
      return;
    }
    seen[offset] = hash;
    this.#place(channel, { epoch, offset }, hash, who);
  }

  #place(channel: string, { epoch, offset }: Position, hash: string, who: string): void {
    const sending = this.#sendings.get(hash);
    if (sending?.channel !== channel) {
      this.#ledger.note('never sent', `${who}: ${channel} ${epoch}/${offset} ${hash}`);
      return;
    }
    const { places, key } = sending;
    const first = places.get(epoch);
    if (first === undefined) places.set(epoch, offset);
    else this.#ledger.note('published twice', `${key} in ${channel} ${epoch} at ${first} and ${offset}`);
  }
}
