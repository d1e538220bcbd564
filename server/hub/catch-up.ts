import { RECOVERY_MAX_BYTES, RECOVERY_MAX_PUBLICATIONS } from '../../shared/limits.ts';
import type { GapReason } from '../../shared/protocol/publication.ts';
import type { Log, StoredPublication } from '../log/log.ts';
import type { Client } from './client.ts';
import { newestPerKey } from './conflation.ts';
import { frameOf } from './frame.ts';
import type { Subscription } from './subscription.ts';

/** What one frame of a client that catches up holds, about: short enough that its line is not blocked for long. */
const PAGE_BYTES = 64 * 1024;
/** What even the smallest publication takes in a frame. */
const TEXT_MIN_BYTES = 64;
/** A slow reader so far behind on a channel that may be thinned gets the newest per key instead of all. */
const THIN_ABOVE = 20;
/** After a failed read of the log. */
const RETRY_MS = 1_000;

export interface CatchUpOptions {
  log: Pick<Log, 'readAfter'>;
  /** These have got everything up to the head and go live, in this very moment. */
  reachedHead: (client: Client, subscriptions: readonly Subscription[]) => void;
  /** The client's outbox has no room; `run` again when it has. */
  full: (client: Client) => void;
  wrote: (publications: number, bytes: number) => void;
  announcedGap: (reason: GapReason) => void;
  failed: (error: unknown, doing: string) => void;
}

/**
 * Moves cursors forward: new, recovering and slow subscriptions alike. One frame at a time, as long as the client's
 * outbox has room, from the ring where it reaches back far enough, else from the log. At the head a cursor goes live.
 */
export class CatchUp {
  readonly #options: CatchUpOptions;

  constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  /** Writes what a client lacks, until it is at the head, its outbox is full, or the log must be read first. */
  run(client: Client): void {
    while (client.behind.size > 0 && !client.closed) {
      if (!client.hasRoom) {
        this.#options.full(client);
        return;
      }
      const texts = this.#nextPage(client);
      if (texts.length === 0) break;
      const frame = frameOf(texts);
      client.write(frame);
      this.#options.wrote(texts.length, frame.length);
    }
    const there = [...client.behind].filter((one) => !one.reading && one.offset >= one.channel.head);
    if (there.length > 0) this.#options.reachedHead(client, there);
  }

  /** Takes from each channel in turn; the one served goes to the end, so that none starves the others. */
  #nextPage(client: Client): string[] {
    const texts: string[] = [];
    let bytes = 0;
    for (const subscription of [...client.behind]) {
      if (bytes >= PAGE_BYTES) break;
      if (subscription.reading || subscription.offset >= subscription.channel.head) continue;
      const taken = this.#take(subscription, PAGE_BYTES - bytes);
      if (taken.length === 0) continue;
      client.behind.delete(subscription);
      client.behind.add(subscription);
      for (const text of taken) {
        texts.push(text);
        bytes += Buffer.byteLength(text);
      }
    }
    return texts;
  }

  #take(subscription: Subscription, maxBytes: number): string[] {
    const { channel, offset } = subscription;
    const { ring } = channel;
    if (subscription.page.length > 0) {
      const texts = this.#advance(subscription, subscription.page, maxBytes);
      subscription.page = subscription.page.filter((one) => one.offset > subscription.offset);
      return texts;
    }
    const thinned = this.#thinned(subscription);
    if (thinned) return this.#advance(subscription, thinned, maxBytes);
    const recent = ring.readAfter(offset, Math.ceil(maxBytes / TEXT_MIN_BYTES), maxBytes);
    if (recent && recent.length > 0) return this.#advance(subscription, recent, maxBytes);
    void this.#readLog(subscription);
    return [];
  }

  /**
   * What a slow reader gets in place of all: the newest per key of a channel with `conflateBy`, the newest one where
   * even a recovery would not reach back. Undefined: everything, one after the other.
   */
  #thinned({ client, channel, offset, promised }: Subscription): StoredPublication[] | undefined {
    const behind = channel.head - offset;
    if (!client.slow || offset < promised) return undefined;
    if (behind > RECOVERY_MAX_PUBLICATIONS) {
      return channel.ring.readAfter(channel.head - 1, 1, RECOVERY_MAX_BYTES);
    }
    if (channel.conflateBy === undefined || behind <= THIN_ABOVE) return undefined;
    const all = channel.ring.readAfter(offset, RECOVERY_MAX_PUBLICATIONS, RECOVERY_MAX_BYTES);
    return all && newestPerKey(all, channel.conflateBy);
  }

  /**
   * The texts of publications, with a gap before each that does not follow the one before: as many as fit into
   * `maxBytes`, at least one. The cursor moves as far as they go.
   */
  #advance(
    subscription: Subscription,
    publications: readonly StoredPublication[],
    maxBytes: number,
  ): string[] {
    const { channel } = subscription;
    const texts: string[] = [];
    let bytes = 0;
    for (const publication of publications) {
      const text = channel.text(publication);
      bytes += Buffer.byteLength(text);
      if (texts.length > 0 && bytes > maxBytes) break;
      if (publication.offset > subscription.offset + 1) {
        texts.push(this.#gap(subscription, publication.offset - 1, 'thinned'));
      }
      texts.push(text);
      subscription.offset = publication.offset;
    }
    return texts;
  }

  #gap({ channel, offset }: Subscription, to: number, reason: GapReason): string {
    this.#options.announcedGap(reason);
    return channel.gapText({ from: offset + 1, to, reason });
  }

  async #readLog(subscription: Subscription): Promise<void> {
    const { client, channel } = subscription;
    subscription.reading = true;
    try {
      const { head, name } = channel;
      const read = await this.#options.log.readAfter(
        name,
        subscription.offset,
        head - subscription.offset,
        PAGE_BYTES,
      );
      subscription.reading = false;
      // Another epoch, or an end of this subscription: the channel sees to it.
      if (read.epoch !== channel.epoch || !client.behind.has(subscription)) return;
      subscription.page = read.publications.filter(({ offset }) => offset <= channel.head);
      const first = subscription.page[0]?.offset ?? head + 1;
      if (first > subscription.offset + 1) {
        client.write(frameOf([this.#gap(subscription, first - 1, 'trimmed')]));
        subscription.offset = first - 1;
      }
      this.run(client);
    } catch (error) {
      this.#options.failed(error, `reading ${channel.name} for a client`);
      setTimeout(() => {
        subscription.reading = false;
        this.run(client);
      }, RETRY_MS).unref();
    }
  }
}
