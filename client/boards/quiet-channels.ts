import type { ChannelInfo } from '../../shared/api/publications.ts';
import { isServerChannel } from '../../shared/channels.ts';

/** A channel that said nothing for so long counts as quiet in the list; the board itself judges each tile finer. */
export const QUIET_AFTER_MS = 5 * 60_000;

export interface Sources {
  /** Channels that the board reads. */
  all: number;
  /** Those that said nothing for QUIET_AFTER_MS, or never. */
  quiet: number;
  /** When the newest of all publications came (ms); undefined where there is none. */
  newest: number | undefined;
}

/** How a board's channels stand, from the list of all channels. The server's own events come when there are some. */
export function sourcesOf(
  channels: readonly string[],
  known: ReadonlyMap<string, Pick<ChannelInfo, 'lastTime'>>,
  now: number,
): Sources {
  const times = channels.map((name) => known.get(name)?.lastTime);
  const heard = times.filter((time) => time !== undefined);
  const isQuiet = (name: string, index: number): boolean => {
    const time = times[index];
    return !isServerChannel(name) && (time === undefined || now - time > QUIET_AFTER_MS);
  };
  return {
    all: channels.length,
    quiet: channels.filter(isQuiet).length,
    newest: heard.length === 0 ? undefined : Math.max(...heard),
  };
}
