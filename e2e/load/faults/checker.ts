import type { Position } from '../../../shared/protocol/position.ts';
import { type Figures, Follower, type Item } from './follower.ts';
import { Ledger } from './ledger.ts';
import { Payloads, type Sending } from './payloads.ts';

export interface CheckedChannel {
  name: string;
  durability: 'disk' | 'memory';
}

/** What the server's history says of a channel at the end. */
export interface FinalLog extends Position {
  channel: string;
  /** All that is kept, oldest first; ends at `offset`. */
  publications: readonly Item[];
}

/**
 * Judges a whole run by what producers and subscribers saw of it: nothing acknowledged is lost, nothing comes twice or
 * in another order, and whatever is missing was announced. Pure: it is told of everything, in the order in which it
 * happened to whoever saw it. Its memory grows with publications and subscriptions, not with deliveries.
 */
export class Checker {
  readonly ledger = new Ledger();
  readonly figures: Figures = { deliveries: 0, recoveries: new Map(), gaps: new Map(), gapOffsets: 0 };
  readonly #channels: ReadonlyMap<string, CheckedChannel>;
  readonly #payloads = new Payloads(this.ledger);
  readonly #followers: Follower[] = [];
  readonly #byKey = new Map<string, Sending>();
  /** The newest acknowledgement by producer and channel. */
  readonly #newest = new Map<string, Position>();

  constructor(channels: readonly CheckedChannel[]) {
    this.#channels = new Map(channels.map((one) => [one.name, one]));
  }

  /** Before the first attempt; further attempts with the same key are the same sending. */
  sent({ producer, channel, key, hash }: Pick<Sending, 'producer' | 'channel' | 'key' | 'hash'>): void {
    const after = this.#newest.get(`${producer} ${channel}`);
    const sending: Sending = { producer, channel, key, hash, after, refused: false, places: new Map() };
    this.#payloads.add(sending);
    this.#byKey.set(key, sending);
  }

  acknowledged(key: string, { epoch, offset }: Position): void {
    const sending = this.#sending(key);
    const { producer, channel, hash } = sending;
    sending.acknowledged = { epoch, offset };
    this.#payloads.see(channel, { epoch, offset }, hash, producer);
    this.#newest.set(`${producer} ${channel}`, { epoch, offset });
  }

  /** The server said that it was not kept, and no attempt before had an unknown end. */
  refused(key: string): void {
    this.#sending(key).refused = true;
  }

  follow(viewer: string, channel: string): Follower {
    const { ledger, figures } = this;
    const follower = new Follower(viewer, channel, { ledger, payloads: this.#payloads, figures });
    this.#followers.push(follower);
    return follower;
  }

  /** What became of all that was sent. The rest of `sent` has an unknown outcome: there once or not at all. */
  get outcomes(): { sent: number; acknowledged: number; refused: number; unknown: number } {
    const all = [...this.#byKey.values()];
    const acknowledged = all.filter((one) => one.acknowledged).length;
    const refused = all.filter((one) => one.refused && !one.acknowledged).length;
    return { sent: all.length, acknowledged, refused, unknown: all.length - acknowledged - refused };
  }

  /** When producers are done and subscribers had time to catch up: compares with the log. To be called once. */
  finish(logs: readonly FinalLog[]): void {
    const byChannel = new Map(logs.map((one) => [one.channel, one]));
    for (const log of logs) this.#checkLog(log);
    for (const sending of this.#byKey.values()) this.#checkSending(sending, byChannel.get(sending.channel));
    for (const follower of this.#followers) this.#checkEnd(follower, byChannel.get(follower.channel));
  }

  #checkLog({ channel, epoch, offset: head, publications }: FinalLog): void {
    let expected = publications[0]?.offset ?? head + 1;
    for (const { offset, hash } of publications) {
      if (offset !== expected)
        this.ledger.note('silent gap', `the log of ${channel}: ${offset}, not ${expected}`);
      expected = offset + 1;
      this.#payloads.see(channel, { epoch, offset }, hash, 'the log');
    }
    if (expected !== head + 1) this.ledger.note('silent gap', `the log of ${channel} ends before ${head}`);
    for (let offset = head + 1; offset <= this.#payloads.highest(channel, epoch); offset += 1) {
      if (this.#payloads.at(channel, { epoch, offset }) === undefined) continue;
      this.ledger.note('shown, not kept', `${channel} ${epoch}/${offset}, the log ends at ${head}`);
    }
  }

  #checkSending(
    { key, acknowledged, refused, after, places, channel }: Sending,
    log: FinalLog | undefined,
  ): void {
    const onDisk = this.#channels.get(channel)?.durability === 'disk';
    const epoch = log?.epoch ?? '';
    if (acknowledged && onDisk && acknowledged.epoch !== epoch) {
      this.ledger.note('epoch changed', `${channel}: ${key} was acknowledged in ${acknowledged.epoch}`);
    }
    // A memory channel promises its history only for the life of the process, which is the life of its epoch.
    if (log && acknowledged?.epoch === epoch && isLost(acknowledged, log)) {
      this.ledger.note('acknowledged, lost', `${key}: ${channel} ${epoch}/${acknowledged.offset}`);
    }
    if (refused && !acknowledged && places.size > 0)
      this.ledger.note('published, refused', `${key} in ${channel}`);
    const place = after && places.get(after.epoch);
    if (place !== undefined && place <= after!.offset) {
      this.ledger.note(
        'overtaken',
        `${key} is ${channel} ${place}, sent after ${after!.offset} was acknowledged`,
      );
    }
  }

  #checkEnd(follower: Follower, log: FinalLog | undefined): void {
    const { viewer, channel, position, open } = follower;
    follower.closed();
    if (open && log && position?.epoch === log.epoch && position.offset === log.offset) return;
    const where = position ? `${position.epoch}/${position.offset}` : 'nowhere';
    this.ledger.note('never caught up', `${viewer}, ${channel}: ${where}, ${open ? '' : 'not '}subscribed`);
  }

  #sending(key: string): Sending {
    const sending = this.#byKey.get(key);
    if (!sending) throw new Error(`${key} was answered, but never sent`);
    return sending;
  }
}

/** What was trimmed meanwhile is not lost. That its offset has the right payload has been checked on sight. */
function isLost({ offset }: Position, { offset: head, publications }: FinalLog): boolean {
  const oldest = publications[0]?.offset ?? head + 1;
  return offset > head || (offset >= oldest && publications[offset - oldest]?.offset !== offset);
}
