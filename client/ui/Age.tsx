import type { ReactNode } from 'react';
import { useNow } from '../live/clock.ts';
import { formatAge } from '../live/format.ts';
import styles from './Age.module.css';
import { exactTime } from './DayTime.tsx';

export interface AgeProps {
  /** Since when, in ms of the server's clock. */
  since: number;
  /** `ago` behind the figure. */
  ago?: boolean | undefined;
}

/** How long ago something was; counts on by itself. The exact time shows on hover. */
export function Age({ since, ago }: AgeProps): ReactNode {
  const now = useNow();
  const at = new Date(since);
  return (
    <time className={styles.age} dateTime={at.toISOString()} title={exactTime(since)}>
      {formatAge(now - since)}
      {ago === true && ' ago'}
    </time>
  );
}
