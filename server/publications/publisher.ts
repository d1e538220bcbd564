import type { PublishResult } from '../../shared/api/publications.ts';
import { jsonFault } from '../../shared/json.ts';
import { TIME_AHEAD_MAX_MS } from '../../shared/limits.ts';
import type { Account } from '../auth/account.ts';
import { authorise } from '../auth/authorise.ts';
import type { Bus, BusPublication } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import type { Appended, AppendItem, Log } from '../log/log.ts';

export interface PublishItem {
  channel: string;
  data: unknown;
  /** ms since 1970 UTC; the moment of publishing where absent. */
  time?: number | undefined;
  /** Idempotency key. */
  key?: string | undefined;
}

export interface PublisherOptions {
  log: Pick<Log, 'append'>;
  bus: Pick<Bus, 'publish'>;
  maxMessageBytes: number;
  clock?: () => number;
}

/** The way into a channel, for producers and for the server itself: check, keep, then tell. */
export class Publisher {
  readonly #log: Pick<Log, 'append'>;
  readonly #bus: Pick<Bus, 'publish'>;
  readonly #maxMessageBytes: number;
  readonly #clock: () => number;

  constructor({ log, bus, maxMessageBytes, clock = Date.now }: PublisherOptions) {
    this.#log = log;
    this.#bus = bus;
    this.#maxMessageBytes = maxMessageBytes;
    this.#clock = clock;
  }

  /**
   * Publishes data whose form has been checked, each by itself; resolves when they are as durable as their channels
   * promise (DUR-1).
   * @returns in order, positions or why an item was refused: `forbidden`, `malformed` (time, nesting), `tooLarge`,
   *   `conflict`, `overloaded`, `storageFull`, `draining`
   */
  async publish(account: Account, items: readonly PublishItem[]): Promise<(PublishResult | AppError)[]> {
    return this.#keep(
      items.map((item) => {
        try {
          authorise(account, { do: 'channel.publish', channel: item.channel });
          return this.#prepare(item);
        } catch (cause) {
          return refusal(cause);
        }
      }),
    );
  }

  /** Publishes to a channel that only the server writes. @throws AppError as `publish` answers */
  async publishAsServer(channel: string, data: unknown): Promise<PublishResult> {
    const [result] = await this.#keep([this.#prepare({ channel, data })]);
    if (result instanceof AppError) throw result;
    return result!;
  }

  #prepare({ channel, data, time, key }: PublishItem): AppendItem {
    const now = this.#clock();
    if (time !== undefined && time > now + TIME_AHEAD_MAX_MS) {
      throw fieldError('malformed', 'time', 'lies more than 24 hours ahead of the server’s clock');
    }
    const fault = jsonFault(data);
    if (fault) {
      throw fieldError('malformed', fault.path === '' ? 'data' : `data/${fault.path}`, `is ${fault.message}`);
    }
    const text = JSON.stringify(data);
    if (Buffer.byteLength(text) > this.#maxMessageBytes) {
      throw fieldError(
        'tooLarge',
        'data',
        `is larger than ${this.#maxMessageBytes} bytes (MAX_MESSAGE_BYTES)`,
      );
    }
    return { channel, time: time ?? now, data: text, ...(key !== undefined && { key }) };
  }

  async #keep(prepared: readonly (AppendItem | AppError)[]): Promise<(PublishResult | AppError)[]> {
    const items = prepared.flatMap((one) => (one instanceof AppError ? [] : [one]));
    if (items.length === 0) return prepared as AppError[];
    let appended: (Appended | AppError)[];
    try {
      // Nothing may come between this and the bus: appends settle in the order of their offsets, and so do we.
      appended = await this.#log.append(items);
    } catch (cause) {
      const error = refusal(cause);
      return prepared.map((one) => (one instanceof AppError ? one : error));
    }
    this.#tell(items, appended);
    let next = 0;
    return prepared.map((one) => {
      if (one instanceof AppError) return one;
      const result = appended[next++]!;
      return result instanceof AppError ? result : { channel: one.channel, ...result };
    });
  }

  /** What is new goes to the hubs of all nodes; a duplicate was there before. */
  #tell(items: readonly AppendItem[], appended: readonly (Appended | AppError)[]): void {
    const fresh: BusPublication[] = [];
    for (const [index, { channel, time, data }] of items.entries()) {
      const result = appended[index]!;
      if (result instanceof AppError || result.duplicate) continue;
      fresh.push({ channel, epoch: result.epoch, offset: result.offset, time, data });
    }
    if (fresh.length > 0) this.#bus.publish('publications', fresh);
  }
}

function refusal(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  throw cause;
}
