import type { HistoryRange, Log } from '../log/log.ts';

/** What the hub asks of the log. */
export interface Reader extends Pick<Log, 'head' | 'readAfter' | 'readNewest'> {
  /** @param head of the channel, as known before the read: what is in the buckets reaches at least so far */
  readBuckets(
    channel: string,
    range: HistoryRange,
    points: number,
    head: number,
  ): ReturnType<Log['readBuckets']>;
}

/**
 * The same log, but equal reads that are under way at the same time are done once: when a thousand screens open a
 * board in the same second, its history is read a few times and not a thousand.
 */
export function shareReads(log: Log): Reader {
  const underWay = new Map<string, Promise<unknown>>();
  function once<T>(key: unknown[], read: () => Promise<T>): Promise<T> {
    const name = JSON.stringify(key);
    const known = underWay.get(name) as Promise<T> | undefined;
    if (known) return known;
    const reading = read().finally(() => underWay.delete(name));
    underWay.set(name, reading);
    return reading;
  }
  return {
    head: (channel) => log.head(channel),
    readAfter: (channel, ...rest) => once(['after', channel, ...rest], () => log.readAfter(channel, ...rest)),
    readNewest: (channel, most) => once(['newest', channel, most], () => log.readNewest(channel, most)),
    readBuckets: (channel, range, points, head) =>
      once(['buckets', channel, range, points, head], () => log.readBuckets(channel, range, points)),
  };
}
