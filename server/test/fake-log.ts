import type { ChannelOptions } from '../../shared/api/publications.ts';
import type { BusPublication } from '../bus/bus.ts';
import type { ChannelHead, Log, StoredPublication } from '../log/log.ts';

interface Kept {
  epoch: string;
  publications: StoredPublication[];
  /** Offsets below this have been trimmed. */
  oldest: number;
  options: ChannelOptions;
}

/** A log in memory for tests of what stands above it. Reads take a turn of the event loop, as a real one's do. */
export class FakeLog implements Log {
  readonly #channels = new Map<string, Kept>();
  #epochs = 0;
  /** Reads fail while this is set. */
  broken: Error | undefined;
  reads = 0;
  /** Awaited by every read, to hold it up. */
  gate: Promise<void> = Promise.resolve();

  /** Keeps one publication and returns it as the bus carries it. */
  add(channel: string, data: unknown, time = 1_000): BusPublication {
    const kept = this.#kept(channel);
    const offset = headOf(kept) + 1;
    const publication = { offset, time, data: JSON.stringify(data) };
    kept.publications.push(publication);
    return { channel, epoch: kept.epoch, ...publication };
  }

  /** Forgets everything below an offset. */
  trim(channel: string, oldest: number): void {
    const kept = this.#kept(channel);
    kept.oldest = oldest;
  }

  async append(): Promise<never> {
    throw new Error('use add');
  }

  async head(channel: string): Promise<ChannelHead> {
    await this.#turn();
    return this.#head(this.#kept(channel));
  }

  async readAfter(channel: string, after: number, limit: number, maxBytes: number) {
    await this.#turn();
    const kept = this.#kept(channel);
    const wanted = kept.publications.filter(({ offset }) => offset > after && offset >= kept.oldest);
    return { ...this.#head(kept), publications: upTo(wanted.slice(0, limit), maxBytes) };
  }

  async readNewest(channel: string, { limit, maxBytes }: { limit: number; maxBytes: number; ms?: number }) {
    await this.#turn();
    const kept = this.#kept(channel);
    const newest = kept.publications.filter(({ offset }) => offset >= kept.oldest).slice(-limit);
    return { ...this.#head(kept), publications: upTo(newest.reverse(), maxBytes).reverse() };
  }

  async readRange(): Promise<never> {
    throw new Error('not needed here');
  }

  async readBuckets(channel: string) {
    await this.#turn();
    const { epoch, publications } = this.#kept(channel);
    const bucket = { from: 0, to: 1, count: publications.length, fields: {} };
    return { epoch, buckets: publications.length === 0 ? [] : [bucket] };
  }

  async channels(): Promise<never[]> {
    return [];
  }

  async configure(channel: string, options: ChannelOptions) {
    const kept = this.#kept(channel);
    kept.options = { ...kept.options, ...options };
    return { ...this.#head(kept), epochChanged: false };
  }

  async drop(channel: string): Promise<boolean> {
    return this.#channels.delete(channel);
  }

  async check(): Promise<void> {}
  async close(): Promise<void> {}

  async #turn(): Promise<void> {
    this.reads += 1;
    await this.gate;
    await new Promise((resolve) => setImmediate(resolve));
    if (this.broken) throw this.broken;
  }

  #kept(channel: string): Kept {
    let kept = this.#channels.get(channel);
    if (!kept) {
      this.#epochs += 1;
      kept = { epoch: `e${this.#epochs}`, publications: [], oldest: 1, options: {} };
      this.#channels.set(channel, kept);
    }
    return kept;
  }

  #head(kept: Kept): ChannelHead {
    const { epoch, oldest, options } = kept;
    return { epoch, offset: headOf(kept), oldest, options };
  }
}

function headOf({ publications }: Kept): number {
  return publications.at(-1)?.offset ?? 0;
}

/** As many as fit, at least one. */
function upTo(publications: StoredPublication[], maxBytes: number): StoredPublication[] {
  let bytes = 0;
  return publications.filter(({ data }, at) => {
    bytes += data.length;
    return at === 0 || bytes <= maxBytes;
  });
}
