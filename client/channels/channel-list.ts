import { type ChannelInfo, channelsReply } from '../../shared/api/publications.ts';
import { isServerChannel } from '../../shared/channels.ts';
import { api } from '../api.ts';
import { listAll } from '../list-all.ts';
import { formatCount } from '../live/format.ts';

/** A channel that said nothing for so long counts as silent in the list; its row judges finer. */
const SILENT_AFTER_MS = 5 * 60_000;

export type Standing = 'speaking' | 'silent' | 'empty';
export type Show = 'all' | Standing;

/** All channels that this person may read. */
export function listChannels(signal?: AbortSignal): Promise<ChannelInfo[]> {
  return listAll('/channels', channelsReply, (reply) => reply.channels, signal);
}

/** What is known of one channel; undefined before its first value. */
export async function findChannel(name: string, signal?: AbortSignal): Promise<ChannelInfo | undefined> {
  const path = `/channels?limit=1&match=${encodeURIComponent(name)}`;
  const reply = await api.get(path, channelsReply, signal === undefined ? {} : { signal });
  return reply.channels.find((info) => info.channel === name);
}

/**
 * The server's own channels are never silent: its events come when there are some.
 * @param now server clock (ms)
 */
export function standingOf(
  { channel, offset, lastTime }: Pick<ChannelInfo, 'channel' | 'offset' | 'lastTime'>,
  now: number,
): Standing {
  if (offset === 0 || lastTime === undefined) return 'empty';
  return now - lastTime > SILENT_AFTER_MS && !isServerChannel(channel) ? 'silent' : 'speaking';
}

/** Those to be shown: silent ones first, since they need somebody; then by name. */
export function arrange(
  channels: readonly ChannelInfo[],
  { show, filter, now }: { show: Show; filter: string; now: number },
): ChannelInfo[] {
  const words = filter.toLowerCase().split(/\s+/);
  return channels
    .filter(({ channel }) => words.every((word) => channel.toLowerCase().includes(word)))
    .map((info) => ({ info, standing: standingOf(info, now) }))
    .filter(({ standing }) => show === 'all' || standing === show)
    .sort(
      (a, b) =>
        Number(b.standing === 'silent') - Number(a.standing === 'silent') ||
        (a.info.channel < b.info.channel ? -1 : 1),
    )
    .map(({ info }) => info);
}

/** `4 / s`, `0.2 / s`, `3 / min`, `–` while nothing comes. */
export function rateText(perSecond: number): string {
  if (perSecond <= 0) return '–';
  if (perSecond >= 9.95) return `${formatCount(perSecond)} / s`;
  if (perSecond >= 0.095) return `${Number(perSecond.toFixed(1))} / s`;
  return `${formatCount(Math.max(1, perSecond * 60))} / min`;
}

/** Publications that are still kept. */
export function keptCount({ offset, oldest }: Pick<ChannelInfo, 'offset' | 'oldest'>): number {
  return offset === 0 ? 0 : offset - oldest + 1;
}
