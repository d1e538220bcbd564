import type { ReactNode } from 'react';
import type { ChannelInfo } from '../../shared/api/publications.ts';
import { formatAge } from '../live/format.ts';
import styles from './BoardsPage.module.css';
import { sourcesOf } from './quiet-channels.ts';

export interface SourcesCellProps {
  channels: readonly string[];
  known: ReadonlyMap<string, ChannelInfo>;
  /** On the server's clock (ms). */
  now: number;
}

/** Whether what a board shows still arrives. Ordinary is faint, so that the exception needs no search. */
export function SourcesCell({ channels, known, now }: SourcesCellProps): ReactNode {
  const { all, quiet, newest } = sourcesOf(channels, known, now);
  if (all === 0) return <span className="faint">none</span>;
  return (
    <>
      {quiet > 0 ? (
        <span className={styles.quiet}>
          {quiet} of {all} quiet for 5 min
        </span>
      ) : (
        `${all} ${all === 1 ? 'channel' : 'channels'}`
      )}
      <small>{newest === undefined ? 'no value yet' : `newest ${formatAge(now - newest)} ago`}</small>
    </>
  );
}
