import type { ChannelInfo } from '../../shared/api/publications.ts';
import { isServerChannel } from '../../shared/channels.ts';
import { ApiError } from '../api.ts';
import { listChannels, newestDatum } from './board-api.ts';
import type { Sample } from './suggest-board.ts';

/** Channels of a suggested board: more make a wall of tiles that nobody reads. */
const SUGGESTED_MAX = 24;

/** What machines and programs send, without the server's own figures, which have a board already. */
function ownChannels(channels: readonly ChannelInfo[]): ChannelInfo[] {
  return channels.filter(({ channel, offset }) => offset > 0 && !isServerChannel(channel));
}

/** The newest datum of every channel a board could be made of, at most SUGGESTED_MAX of them. */
export async function loadSamples(signal: AbortSignal): Promise<Sample[]> {
  const channels = ownChannels(await listChannels(signal)).slice(0, SUGGESTED_MAX);
  const samples = await Promise.all(channels.map((channel) => sampleOf(channel, signal)));
  return samples.filter((sample) => sample !== undefined);
}

/** Undefined for a channel that was dropped, or closed to this person, since the list was read. */
async function sampleOf(info: ChannelInfo, signal: AbortSignal): Promise<Sample | undefined> {
  try {
    return { channel: info.channel, data: await newestDatum(info, signal) };
  } catch (error) {
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return undefined;
    throw error;
  }
}
