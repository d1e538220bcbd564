import { randomBytes } from 'node:crypto';
import type { ChannelOptions } from '../../shared/api/publications.ts';
import { matchesPattern } from '../../shared/channels.ts';
import { epochOf } from './epoch.ts';
import type { ChannelHead } from './log.ts';
import { MemoryChannel } from './memory-channel.ts';
import type { RingBudget } from './ring.ts';
import type { ChannelRow } from './sqlite-schema.ts';

interface Entry {
  name: string;
  generation: number;
  epoch: string;
  options: ChannelOptions;
  /** Dropped: only its generation counts. */
  dropped: boolean;
  head: number;
  oldest: number;
  lastTime: number | undefined;
  memory: MemoryChannel | undefined;
}

/** What the main thread knows of all channels, so that a head needs no question to a worker. */
export class Catalogue {
  readonly #installation: string;
  /** Ends the epochs of `memory` channels with this process. */
  readonly #processId = randomBytes(8).toString('hex');
  readonly #rings: RingBudget;
  readonly #entries = new Map<string, Entry>();
  #names: string[] | undefined;

  constructor(installation: string, rings: RingBudget) {
    this.#installation = installation;
    this.#rings = rings;
  }

  /** Takes over what the writer knows of a channel, when it was loaded, configured or dropped. */
  set(row: ChannelRow): void {
    const known = this.#entries.get(row.name);
    const options = JSON.parse(row.options) as ChannelOptions;
    const inMemory = options.durability === 'memory' && row.dropped === 0;
    if (known?.memory && known.generation === row.generation && inMemory) {
      known.options = options;
      return;
    }
    known?.memory?.close();
    const epoch = this.#epoch(row.name, row.generation, inMemory);
    this.#entries.set(row.name, {
      name: row.name,
      generation: row.generation,
      epoch,
      options,
      dropped: row.dropped === 1,
      head: row.head,
      oldest: row.oldest,
      lastTime: row.lastTime ?? undefined,
      memory: inMemory ? new MemoryChannel(epoch, this.#rings) : undefined,
    });
    this.#names = undefined;
  }

  memory(name: string): MemoryChannel | undefined {
    return this.#entries.get(name)?.memory;
  }

  /** Channels whose history is in this process. */
  *memories(): Iterable<{ memory: MemoryChannel; options: ChannelOptions }> {
    for (const { memory, options } of this.#entries.values()) if (memory) yield { memory, options };
  }

  exists(name: string): boolean {
    return this.#entries.get(name)?.dropped === false;
  }

  /** The channel's newest publication is now this one. @returns its epoch */
  advance(name: string, offset: number, time: number): string {
    let entry = this.#entries.get(name);
    if (!entry || entry.dropped) {
      entry = this.#born(name, entry?.generation ?? 0);
    }
    entry.head = offset;
    entry.lastTime = time;
    return entry.epoch;
  }

  trimmed(name: string, oldest: number): void {
    const entry = this.#entries.get(name);
    if (entry) entry.oldest = oldest;
  }

  epoch(name: string): string {
    const entry = this.#entries.get(name);
    return entry?.epoch ?? this.#epoch(name, 0, false);
  }

  /** The head of a channel as it was when a reader saw this row: its epoch may have ended meanwhile. */
  headOf(row: ChannelRow): ChannelHead {
    return {
      epoch: this.#epoch(row.name, row.generation, false),
      offset: row.head,
      oldest: row.oldest,
      ...(row.lastTime !== null && { lastTime: row.lastTime }),
      options: JSON.parse(row.options) as ChannelOptions,
    };
  }

  head(name: string): ChannelHead {
    const entry = this.#entries.get(name);
    if (!entry || entry.dropped) return { epoch: this.epoch(name), offset: 0, oldest: 1, options: {} };
    return {
      epoch: entry.epoch,
      offset: entry.memory?.head ?? entry.head,
      oldest: entry.memory?.oldest ?? entry.oldest,
      ...(entry.lastTime !== undefined && { lastTime: entry.lastTime }),
      options: entry.options,
    };
  }

  /** Names after `after` in order, those that a pattern covers. */
  names({ match, after = '', limit }: { match?: string; after?: string; limit: number }): string[] {
    this.#names ??= [...this.#entries.values()]
      .filter((entry) => !entry.dropped)
      .map((entry) => entry.name)
      .sort();
    const found: string[] = [];
    for (const name of this.#names) {
      if (found.length === limit) break;
      if (name > after && (match === undefined || matchesPattern(match, name))) found.push(name);
    }
    return found;
  }

  #born(name: string, generation: number): Entry {
    const entry: Entry = {
      name,
      generation,
      epoch: this.#epoch(name, generation, false),
      options: {},
      dropped: false,
      head: 0,
      oldest: 1,
      lastTime: undefined,
      memory: undefined,
    };
    this.#entries.set(name, entry);
    this.#names = undefined;
    return entry;
  }

  #epoch(name: string, generation: number, inMemory: boolean): string {
    return epochOf(
      inMemory ? `${this.#installation} ${this.#processId}` : this.#installation,
      name,
      generation,
    );
  }
}
