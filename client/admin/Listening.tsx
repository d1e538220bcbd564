import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { type ChannelInfo, channelsReply } from '../../shared/api/publications.ts';
import { api } from '../api.ts';
import { useNow } from '../live/clock.ts';
import { formatAge } from '../live/format.ts';
import { classNames } from '../ui/class-names.ts';
import { SeverityTag } from '../ui/Severity.tsx';
import { useLoaded } from '../use-loaded.ts';
import styles from './Listening.module.css';

/** While somebody waits for a first value, a second is long. */
const ASK_EVERY_MS = 1_000;

/** Waits for the first value in one of the channels of a new key, and says when it has come. */
export function Listening({ pattern, since }: { pattern: string; since: number }): ReactNode {
  const load = useCallback(
    async (signal: AbortSignal): Promise<ChannelInfo | undefined> => {
      const path = `/channels?limit=100&match=${encodeURIComponent(pattern)}`;
      const { channels } = await api.get(path, channelsReply, { signal });
      const heard = channels.filter((channel) => (channel.lastTime ?? 0) >= since);
      return heard.toSorted((one, other) => (other.lastTime ?? 0) - (one.lastTime ?? 0))[0];
    },
    [pattern, since],
  );
  const { data: heard } = useLoaded(load, ASK_EVERY_MS);
  const now = useNow();
  return (
    <div className={classNames(styles.strip, heard && styles.heard)} role="status">
      {heard === undefined ? (
        <>
          Waiting for the first value in <code>{pattern}</code>. Paste the command above into a terminal.
        </>
      ) : (
        <>
          <SeverityTag severity="success">Received</SeverityTag>
          <p className="num">
            <Link to="/channels/$name" params={{ name: heard.channel }}>
              {heard.channel}
            </Link>{' '}
            {formatAge(now - (heard.lastTime ?? now))} ago
          </p>
        </>
      )}
    </div>
  );
}
