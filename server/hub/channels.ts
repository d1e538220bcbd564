import type { Ring } from '../log/ring.ts';
import { Channel, type ChannelHooks } from './channel.ts';

/** A channel keeps its ring for so long after its last subscriber, for those who come back. */
const LINGER_MS = 5 * 60_000;

/** The channels that somebody on this node hears, or heard a moment ago. */
export class Channels {
  readonly #open = new Map<string, Channel>();
  readonly #hooks: ChannelHooks;
  readonly #openRing: () => Ring;
  readonly #clock: () => number;

  constructor(hooks: ChannelHooks, openRing: () => Ring, clock: () => number) {
    this.#hooks = hooks;
    this.#openRing = openRing;
    this.#clock = clock;
  }

  get(name: string): Channel | undefined {
    return this.#open.get(name);
  }

  /** The channel of that name, opened if it is not. Wait for its `opened`. */
  open(name: string): Channel {
    let channel = this.#open.get(name);
    if (!channel) {
      channel = new Channel(name, this.#openRing(), this.#hooks);
      this.#open.set(name, channel);
      channel.unusedSince = this.#clock();
      const opened = channel;
      opened.opened.catch(() => this.forget(opened));
    }
    return channel;
  }

  /** Its numbering is over, or it could not be opened. */
  forget(channel: Channel): void {
    channel.ended = true;
    channel.ring.clear();
    if (this.#open.get(channel.name) === channel) this.#open.delete(channel.name);
  }

  /** Lets channels go that nobody has heard for a while. */
  sweep(): void {
    const before = this.#clock() - LINGER_MS;
    for (const channel of this.#open.values()) {
      if (channel.subscriptions.size === 0 && (channel.unusedSince ?? Infinity) < before)
        this.forget(channel);
    }
  }

  /** Compares all that have subscribers with the log. */
  async verify(): Promise<void> {
    for (const channel of [...this.#open.values()])
      if (channel.subscriptions.size > 0) await channel.verify();
  }
}
