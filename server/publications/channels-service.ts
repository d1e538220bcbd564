import type {
  ChannelInfo,
  ChannelOptions,
  ChannelsQuery,
  ChannelsReply,
  HistoryQuery,
} from '../../shared/api/publications.ts';
import { LIST_MAX } from '../../shared/limits.ts';
import type { Account } from '../auth/account.ts';
import { authorise, can } from '../auth/authorise.ts';
import type { Bus } from '../bus/bus.ts';
import { AppError, fieldError } from '../errors.ts';
import type { ChannelHead, Log } from '../log/log.ts';

/** What the hub knows of a channel at this moment. */
export interface ChannelActivity {
  subscribers(channel: string): number;
  /** Publications a second, over the last ten seconds. */
  rate(channel: string): number;
}

/** Channels as an account sees them: which there are, what they kept, how they are set. */
export class ChannelsService {
  readonly #log: Log;
  readonly #bus: Pick<Bus, 'publish'>;
  readonly #activity: ChannelActivity;

  constructor({ log, bus, activity }: { log: Log; bus: Pick<Bus, 'publish'>; activity: ChannelActivity }) {
    this.#log = log;
    this.#bus = bus;
    this.#activity = activity;
  }

  /** The channels that the account may read, by name. @throws AppError `forbidden` */
  async list(account: Account, { match, after, limit }: ChannelsQuery): Promise<ChannelsReply> {
    authorise(account, { do: 'channel.list' });
    const channels: ChannelInfo[] = [];
    let from = after;
    for (;;) {
      const page = await this.#log.channels({
        limit: LIST_MAX,
        ...(match !== undefined && { match }),
        ...(from !== undefined && { after: from }),
      });
      for (const { channel, ...head } of page) {
        if (!can(account, { do: 'channel.read', channel })) continue;
        if (channels.length === limit) return { channels, next: channels.at(-1)!.channel };
        channels.push(this.#info(channel, head));
      }
      if (page.length < LIST_MAX) return { channels };
      from = page.at(-1)!.channel;
    }
  }

  /**
   * A page of history as the JSON text of a HistoryReply: publications are JSON text already and are not parsed here.
   * @throws AppError `forbidden`, `malformed`, `positionLost` when `epoch` is another
   */
  async history(account: Account, channel: string, query: HistoryQuery): Promise<string> {
    authorise(account, { do: 'channel.read', channel });
    const { from, to, after, epoch: expected, limit, points } = query;
    if (from !== undefined && to !== undefined && to < from)
      throw fieldError('malformed', 'to', 'lies before from');
    const range = {
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(after !== undefined && { after }),
    };
    if (points !== undefined) {
      const read = await this.#log.readBuckets(channel, range, points);
      mustBe(expected, read.epoch);
      return JSON.stringify(read);
    }
    const { epoch, publications, next } = await this.#log.readRange(channel, range, limit);
    mustBe(expected, epoch);
    const items = publications.map(
      ({ offset, time, data }) => `{"offset":${offset},"time":${time},"data":${data}}`,
    );
    const end = next === undefined ? '' : `,"next":${next}`;
    return `{"epoch":${JSON.stringify(epoch)},"publications":[${items.join(',')}]${end}}`;
  }

  /** Sets options; absent ones stay. @throws AppError `forbidden`, `overloaded` (too many channels) */
  async configure(account: Account, channel: string, options: ChannelOptions): Promise<ChannelInfo> {
    authorise(account, { do: 'channel.configure', channel });
    const { epochChanged, ...head } = await this.#log.configure(channel, options);
    if (epochChanged) this.#bus.publish('epochEnded', { channel });
    return this.#info(channel, head);
  }

  /** Forgets a channel with its history. @throws AppError `forbidden`, `notFound` */
  async drop(account: Account, channel: string): Promise<void> {
    authorise(account, { do: 'channel.configure', channel });
    if (!(await this.#log.drop(channel)))
      throw new AppError('notFound', { message: 'There is no such channel.' });
    this.#bus.publish('epochEnded', { channel });
  }

  #info(channel: string, { epoch, offset, oldest, lastTime, options }: ChannelHead): ChannelInfo {
    return {
      channel,
      epoch,
      offset,
      oldest,
      rate: this.#activity.rate(channel),
      ...(lastTime !== undefined && { lastTime }),
      subscribers: this.#activity.subscribers(channel),
      options,
    };
  }
}

function mustBe(expected: string | undefined, epoch: string): void {
  if (expected !== undefined && expected !== epoch) throw new AppError('positionLost');
}
