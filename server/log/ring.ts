import { RECOVERY_MAX_PUBLICATIONS } from '../../shared/limits.ts';
import type { StoredPublication } from './log.ts';

/** What a publication takes beside its text: the object, its numbers and its place in the list (estimated). */
const OVERHEAD_BYTES = 96;

/** Room for all rings together. The ring that was used longest ago gives way first. */
export class RingBudget {
  readonly #maxBytes: number;
  /** In order of last use. */
  readonly #rings = new Set<Ring>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A ring was used and has grown (or shrunk) by so many bytes. */
  use(ring: Ring, grownBytes: number): void {
    this.#bytes += grownBytes;
    this.#rings.delete(ring);
    this.#rings.add(ring);
    while (this.#bytes > this.#maxBytes) {
      const oldest = this.#rings.values().next().value;
      if (!oldest) return;
      this.#bytes -= oldest.giveWay(this.#bytes - this.#maxBytes);
      if (oldest.bytes === 0) this.#rings.delete(oldest);
    }
  }

  forget(ring: Ring): void {
    if (this.#rings.delete(ring)) this.#bytes -= ring.bytes;
  }
}

/**
 * The newest publications of one channel, in memory. Offsets in it are consecutive; the oldest leave when there are
 * too many, or when the budget that all rings share asks for room.
 */
export class Ring {
  readonly #budget: RingBudget;
  readonly #maxPublications: number;
  #items: StoredPublication[] = [];
  /** Index of the oldest; what lies before it has left and is cut off now and then. */
  #start = 0;
  #bytes = 0;

  constructor(budget: RingBudget, maxPublications = RECOVERY_MAX_PUBLICATIONS) {
    this.#budget = budget;
    this.#maxPublications = maxPublications;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get length(): number {
    return this.#items.length - this.#start;
  }

  /** The oldest publication that is still here. */
  get oldest(): StoredPublication | undefined {
    return this.#items[this.#start];
  }

  get newest(): StoredPublication | undefined {
    return this.length === 0 ? undefined : this.#items[this.#items.length - 1];
  }

  /** Adds the next publication. One that does not follow the newest empties the ring first: it never has holes. */
  push(publication: StoredPublication): void {
    const before = this.#bytes;
    const { newest } = this;
    if (newest && publication.offset !== newest.offset + 1) this.#reset();
    this.#items.push(publication);
    this.#bytes += sizeOf(publication);
    if (this.length > this.#maxPublications) this.#shift();
    this.#budget.use(this, this.#bytes - before);
  }

  /**
   * Publications after an offset, oldest first.
   * @param maxBytes stop at about so many bytes of data, but give at least one
   * @returns undefined when the one after `offset` has left the ring, or was never in it
   */
  readAfter(offset: number, limit: number, maxBytes: number): StoredPublication[] | undefined {
    const { oldest, newest } = this;
    if (!oldest || !newest || offset + 1 < oldest.offset || offset > newest.offset) return undefined;
    this.#budget.use(this, 0);
    const first = this.#start + offset + 1 - oldest.offset;
    const last = Math.min(this.#items.length, first + limit);
    let bytes = 0;
    let end = first;
    while (end < last && (end === first || bytes + this.#items[end]!.data.length <= maxBytes)) {
      bytes += this.#items[end]!.data.length;
      end += 1;
    }
    return this.#items.slice(first, end);
  }

  /** All that is here, oldest first. */
  all(): readonly StoredPublication[] {
    return this.#items.slice(this.#start);
  }

  /** Lets the oldest go, down to those that `keep` accepts. */
  trim(keep: (oldest: StoredPublication) => boolean): void {
    const before = this.#bytes;
    while (this.length > 0 && !keep(this.oldest!)) this.#shift();
    if (this.#bytes !== before) this.#budget.use(this, this.#bytes - before);
  }

  /** Empties the ring and leaves the budget. */
  clear(): void {
    this.#budget.forget(this);
    this.#reset();
  }

  /** For the budget: lets the oldest go until so many bytes are free. @returns bytes freed */
  giveWay(wantedBytes: number): number {
    const before = this.#bytes;
    while (this.length > 0 && before - this.#bytes < wantedBytes) this.#shift();
    return before - this.#bytes;
  }

  #shift(): void {
    this.#bytes -= sizeOf(this.#items[this.#start]!);
    this.#start += 1;
    if (this.#start > 64 && this.#start * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#start);
      this.#start = 0;
    }
  }

  #reset(): void {
    this.#items = [];
    this.#start = 0;
    this.#bytes = 0;
  }
}

function sizeOf(publication: StoredPublication): number {
  return publication.data.length + OVERHEAD_BYTES;
}
