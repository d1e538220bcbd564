import { RECOVERY_FRAME_BYTES, RECOVERY_MAX_PUBLICATIONS } from '../../shared/limits.ts';
import type { ChannelHead, Log, StoredPublication } from '../log/log.ts';
import type { Ring } from '../log/ring.ts';
import type { Audience } from './audience.ts';
import { type GapRange, gapText, publicationPrefix, publicationText } from './messages.ts';
import type { Subscription } from './subscription.ts';

/** What the bus says of a publication; the channel is known. */
export interface Arrival extends StoredPublication {
  epoch: string;
}

export interface ChannelHooks {
  log: Pick<Log, 'head' | 'readAfter'>;
  /** Something was appended to this audience. */
  touched: (audience: Audience) => void;
  /** Deliveries that waited for the log have gone through. */
  settled: () => void;
  /** The log keeps this channel under another epoch than its subscribers know. */
  ended: (channel: Channel) => void;
  failed: (error: unknown, doing: string) => void;
}

/** After a failed read of the log. */
const RETRY_MS = 1_000;

let lastId = 0;

/**
 * The live state of one channel on this node, while somebody here hears it: how far it has come (`head`), its newest
 * publications, and who holds it. The log is the truth; what comes over the bus only says so sooner. So every arrival
 * is checked against the head, and a hole is filled from the log before anything behind it is shown.
 */
export class Channel {
  /** Short and unique in the process; names audiences. */
  readonly id: number;
  readonly name: string;
  readonly ring: Ring;
  readonly subscriptions = new Set<Subscription>();
  /** Those whose members hold this channel. */
  readonly audiences = new Set<Audience>();
  /** Its numbering is over: subscribers must load anew. */
  ended = false;
  epoch = '';
  /** The newest offset that was shown, or could have been. */
  head = 0;
  conflateBy: string | undefined;
  /** When its last subscriber left (ms since 1970). */
  unusedSince: number | undefined;
  /** Resolves when the head is known. Rejects when the log cannot tell. */
  readonly opened: Promise<void>;

  readonly prefix: string;
  readonly #hooks: ChannelHooks;
  /** Arrivals that wait until the head is known or a hole is filled. Undefined: none need to. */
  #waiting: Arrival[] | undefined = [];

  constructor(name: string, ring: Ring, hooks: ChannelHooks) {
    lastId += 1;
    this.id = lastId;
    this.name = name;
    this.ring = ring;
    this.prefix = publicationPrefix(name);
    this.#hooks = hooks;
    this.opened = this.#open();
  }

  text(publication: StoredPublication): string {
    return publicationText(this.prefix, publication);
  }

  gapText(gap: GapRange): string {
    return gapText(this.name, this.epoch, gap);
  }

  deliver(arrival: Arrival): void {
    if (this.ended) return;
    if (this.#waiting) {
      this.#waiting.push(arrival);
      return;
    }
    if (arrival.epoch !== this.epoch) {
      void this.verify();
    } else if (arrival.offset === this.head + 1) {
      this.#show(arrival);
    } else if (arrival.offset > this.head) {
      this.#waiting = [arrival];
      void this.#repair(arrival.offset - 1);
    }
  }

  /** Compares with the log: the bus may have lost something, and options may have changed. */
  async verify(): Promise<void> {
    if (this.#waiting || this.ended) return;
    try {
      const head = await this.#hooks.log.head(this.name);
      if (this.#waiting || this.ended) return;
      this.#learn(head);
      if (head.epoch !== this.epoch) {
        this.#hooks.ended(this);
      } else if (head.offset > this.head) {
        this.#waiting = [];
        await this.#repair(head.offset);
      }
    } catch (error) {
      this.#hooks.failed(error, `checking the head of ${this.name}`);
    }
  }

  async #open(): Promise<void> {
    const head = await this.#hooks.log.head(this.name);
    this.epoch = head.epoch;
    this.head = head.offset;
    this.#learn(head);
    this.#release();
  }

  #learn({ options }: ChannelHead): void {
    this.conflateBy = options.conflateBy ?? undefined;
  }

  /** Reads what is missing up to an offset, then lets through what waited meanwhile. */
  async #repair(upTo: number): Promise<void> {
    try {
      while (this.head < upTo && !this.ended) await this.#readOn(upTo);
    } catch (error) {
      this.#hooks.failed(error, `filling a hole in ${this.name}`);
      setTimeout(() => void this.#repair(upTo), RETRY_MS).unref();
      return;
    }
    this.#release();
    this.#hooks.settled();
  }

  async #readOn(upTo: number): Promise<void> {
    const { log, ended } = this.#hooks;
    const read = await log.readAfter(this.name, this.head, RECOVERY_MAX_PUBLICATIONS, RECOVERY_FRAME_BYTES);
    if (this.ended) return;
    if (read.epoch !== this.epoch) {
      ended(this);
      return;
    }
    const before = this.head;
    const first = read.publications[0]?.offset ?? Math.min(read.oldest, upTo + 1);
    if (first > before + 1) this.#showGap({ from: before + 1, to: first - 1, reason: 'trimmed' });
    for (const publication of read.publications) this.#show(publication);
    if (this.head === before) throw new Error(`The log ends at ${before}, but ${upTo} was announced.`);
  }

  /** Goes on with what waited. A new hole in it begins a new repair. */
  #release(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const arrival of waiting) this.deliver(arrival);
  }

  #show(publication: StoredPublication): void {
    const { offset, time, data } = publication;
    this.head = offset;
    this.ring.push({ offset, time, data });
    if (this.audiences.size > 0) this.#append(this.text(publication), offset - 1, true);
  }

  #showGap(gap: GapRange): void {
    this.#append(this.gapText(gap), this.head, false);
    this.head = gap.to;
  }

  #append(text: string, before: number, counts: boolean): void {
    for (const audience of this.audiences) {
      audience.append({ text, channel: this, before, counts });
      this.#hooks.touched(audience);
    }
  }
}
