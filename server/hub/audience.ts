import { RECOVERY_FRAME_BYTES } from '../../shared/limits.ts';
import type { Channel } from './channel.ts';
import type { Client } from './client.ts';
import { type Frame, frameOf } from './frame.ts';

/** One message that waits for the next batch of an audience. */
interface Item {
  text: string;
  channel: Channel;
  /** The position in the channel of a client that has not got this item. */
  before: number;
  /** It carries a publication (and not a gap). */
  counts: boolean;
}

/** Some items framed. */
interface Share {
  frame: Frame;
  publications: number;
}

export interface AudienceOptions {
  /** A member's line cannot follow; it must leave. */
  onFull: (client: Client) => void;
  onDelivered: (publications: number, bytes: number) => void;
}

/**
 * The clients that hold the same set of live channels: in practice, the viewers of one board. What is published in
 * those channels is appended once, framed once per batch, and the same buffer is written to every member.
 *
 *   items   … 17  18  19 │ 20  21  22
 *               ▲        ▲           ▲
 *     a member that      the batch   where the next item will stand (`end`);
 *     joined at 18       now going   whoever joins now begins here
 *                        out ends here
 *
 * Every member knows its own place (`sentSeq`). So a member can join, leave, or be settled in the middle of a fan-out
 * and gets exactly its share, and nobody else has to be flushed for that.
 */
export class Audience {
  readonly channels: readonly Channel[];
  readonly members = new Set<Client>();
  readonly #options: AudienceOptions;
  readonly #items: Item[] = [];
  /** Number of the first item that is kept. */
  #base = 0;

  constructor(channels: readonly Channel[], options: AudienceOptions) {
    this.channels = channels;
    this.#options = options;
  }

  get end(): number {
    return this.#base + this.#items.length;
  }

  get pending(): boolean {
    return this.#items.length > 0;
  }

  append(item: Item): void {
    this.#items.push(item);
  }

  join(client: Client): void {
    this.members.add(client);
    client.sentSeq = this.end;
  }

  /** Forgets a member. What it has not got stays unsent: `settle` first, or ask for its `positions`. */
  leave(client: Client): void {
    this.members.delete(client);
    if (this.members.size === 0) this.#drop(this.end);
  }

  /** Writes what a member has not had, and no more. */
  settle(client: Client): void {
    if (client.sentSeq < this.end) this.#write(client, this.#share(client.sentSeq, this.end), this.end);
  }

  /** Where a member stands in those channels of which something is still unsent to it. */
  positions(client: Client): Map<Channel, number> {
    const found = new Map<Channel, number>();
    for (const { channel, before } of this.#items.slice(client.sentSeq - this.#base)) {
      if (!found.has(channel)) found.set(channel, before);
    }
    return found;
  }

  /**
   * Writes what is pending now to all members, in frames of bounded size.
   * Yields after each member, so that whoever drives it can serve others in between.
   */
  *fanOut(): Generator<void> {
    const stop = this.end;
    while (this.#base < stop && this.members.size > 0) {
      const start = this.#base;
      const end = this.#chunkEnd(stop);
      const shared = this.#share(start, end);
      const late = new Map<number, Share>();
      for (const client of this.members) {
        const from = client.sentSeq;
        if (from < end) {
          if (!client.hasRoom) this.#options.onFull(client);
          else if (from === start) this.#write(client, shared, end);
          else this.#write(client, this.#shareOf(late, from, end), end);
        }
        yield;
      }
      this.#drop(end);
    }
  }

  /** Members that joined at the same moment share the frame of what they lack. */
  #shareOf(late: Map<number, Share>, from: number, end: number): Share {
    let share = late.get(from);
    if (!share) {
      share = this.#share(from, end);
      late.set(from, share);
    }
    return share;
  }

  #write(client: Client, { frame, publications }: Share, end: number): void {
    client.sentSeq = end;
    client.write(frame);
    this.#options.onDelivered(publications, frame.length);
  }

  #share(from: number, end: number): Share {
    const items = this.#items.slice(from - this.#base, end - this.#base);
    return {
      frame: frameOf(items.map((item) => item.text)),
      publications: items.filter((item) => item.counts).length,
    };
  }

  #chunkEnd(stop: number): number {
    let size = 0;
    let at = this.#base;
    while (at < stop) {
      size += this.#items[at - this.#base]!.text.length;
      if (size > RECOVERY_FRAME_BYTES && at > this.#base) break;
      at += 1;
    }
    return at;
  }

  #drop(end: number): void {
    const count = end - this.#base;
    if (count <= 0) return;
    this.#items.splice(0, count);
    this.#base = end;
  }
}

/** All audiences of a node, one per set of live channels. */
export class Audiences {
  readonly #options: AudienceOptions;
  readonly #all = new Map<string, Audience>();

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /**
   * Moves a client to the audience of exactly these channels. What it has not got from the one it is in is written
   * first, so that no order is lost.
   */
  move(client: Client, channels: Iterable<Channel>): void {
    client.audience?.settle(client);
    this.remove(client);
    const sorted = [...channels].sort((a, b) => a.id - b.id);
    if (sorted.length === 0) return;
    const key = keyOf(sorted);
    let audience = this.#all.get(key);
    if (!audience) {
      audience = new Audience(sorted, this.#options);
      this.#all.set(key, audience);
      for (const channel of sorted) channel.audiences.add(audience);
    }
    audience.join(client);
    client.audience = audience;
  }

  /** Takes a client out of its audience without writing to it. */
  remove(client: Client): void {
    const { audience } = client;
    if (!audience) return;
    client.audience = undefined;
    audience.leave(client);
    if (audience.members.size > 0) return;
    this.#all.delete(keyOf(audience.channels));
    for (const channel of audience.channels) channel.audiences.delete(audience);
  }
}

function keyOf(channels: readonly Channel[]): string {
  return channels.map((channel) => channel.id).join(',');
}
