import { useMemo } from 'react';
import type { ChannelInfo } from '../../../shared/api/publications.ts';
import { formatAge } from '../../live/format.ts';
import { useLoaded } from '../../use-loaded.ts';
import { listChannels } from '../board-api.ts';
import type { Suggestion } from './SuggestInput.tsx';

/** Often enough that a channel which begins while somebody edits is offered. */
const EVERY_MS = 15_000;

/** The channels that can be put on a board, those that speak most recently first. */
export function useChannels(): { channels: readonly ChannelInfo[]; suggestions: readonly Suggestion[] } {
  const { data } = useLoaded(listChannels, EVERY_MS);
  return useMemo(() => {
    const channels = [...(data ?? [])].sort((a, b) => (b.lastTime ?? 0) - (a.lastTime ?? 0));
    const now = Date.now();
    const suggestions = channels.map(({ channel, lastTime }) => ({
      value: channel,
      note: lastTime === undefined ? 'nothing yet' : `${formatAge(now - lastTime)} ago`,
    }));
    return { channels, suggestions };
  }, [data]);
}
