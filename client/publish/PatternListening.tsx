import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { channelsReply } from '../../shared/api/publications.ts';
import { isChannelName, isServerChannel } from '../../shared/channels.ts';
import { api } from '../api.ts';
import { useLoaded } from '../use-loaded.ts';
import { Listening, Waiting } from './Listening.tsx';

/** While somebody waits for a first value, a second is long. */
const ASK_EVERY_MS = 1_000;

/** Waits until one of the channels that a key may publish to speaks, then listens to that one. @param since server clock, ms */
export function PatternListening({ pattern, since }: { pattern: string; since: number }): ReactNode {
  const load = useCallback(
    async (signal: AbortSignal): Promise<string | undefined> => {
      const path = `/channels?limit=100&match=${encodeURIComponent(pattern)}`;
      const { channels } = await api.get(path, channelsReply, { signal });
      // Callboard's own channels speak every second, and `*` covers them for a reader, never for a publisher.
      const heard = channels.filter(
        ({ channel, lastTime = 0 }) => !isServerChannel(channel) && lastTime >= since,
      );
      return heard.toSorted((one, other) => (other.lastTime ?? 0) - (one.lastTime ?? 0))[0]?.channel;
    },
    [pattern, since],
  );
  const { data: heard } = useLoaded(load, ASK_EVERY_MS);
  if (heard === undefined && !isChannelName(pattern)) return <Waiting about={pattern} />;
  const channel = heard ?? pattern;
  return (
    <>
      <Listening key={channel} channel={channel} />
      <p>
        <Link to="/channels/$name" params={{ name: channel }}>
          Open <code>{channel}</code>
        </Link>
      </p>
    </>
  );
}
