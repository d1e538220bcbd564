import type { ReactNode } from 'react';
import { clockTime } from '../when.ts';
import styles from './Definitions.module.css';
import { Mark } from './Mark.tsx';

/** What the words of the report mean, exactly. */
export function Definitions({ lateAt }: { lateAt: number | undefined }): ReactNode {
  return (
    <dl className={styles.list}>
      <div>
        <dt>
          <Mark standing="delivered" />
          Delivered
        </dt>
        <dd>The client confirmed that it has the message.</dd>
      </div>
      <div>
        <dt>
          <Mark standing="seen" />
          Seen
        </dt>
        <dd>60 % of it was on screen for 1.5 s in a visible tab.</dd>
      </div>
      <div>
        <dt>
          <Mark standing="acknowledged" />
          Acknowledged
        </dt>
        <dd>
          The person pressed an answer.
          {lateAt !== undefined && (
            <>
              {' '}
              <b>Late</b>: after {clockTime(lateAt)}.
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>
          <Mark standing="unreachable" />
          Unreachable
        </dt>
        <dd>No live session since it was sent. It waits for them.</dd>
      </div>
    </dl>
  );
}
