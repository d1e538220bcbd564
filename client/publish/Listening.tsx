import { type ReactNode, useEffect, useState } from 'react';
import { useChannel } from '../connection/use-channel.ts';
import { useOffline } from '../connection/use-connection.ts';
import { formatCount } from '../live/format.ts';
import { valueText } from '../live/value-text.ts';
import { Age } from '../ui/Age.tsx';
import { SeverityTag } from '../ui/Severity.tsx';
import styles from './Listening.module.css';

/** Who waits longer than this needs a hint, not patience. */
const HINT_AFTER_MS = 30_000;

/** Listens to a channel and says what came: the proof that a new source works. */
export function Listening({ channel }: { channel: string }): ReactNode {
  const { phase, error, last, received, lastReceivedAt } = useChannel(channel);
  if (phase === 'failed') {
    return (
      <div className={styles.strip} role="status">
        <p className="strong">This channel cannot be read.</p>
        <p className="small muted">{error?.message}</p>
      </div>
    );
  }
  if (last === undefined) return <Waiting about={channel} />;
  const { text, unit } = valueText(last.data);
  return (
    <div className={styles.strip} data-received>
      <span role="status">
        <SeverityTag severity="success">Received</SeverityTag>
      </span>
      <p className={styles.value}>
        {text}
        {unit !== '' && <small>{unit}</small>}
      </p>
      <p className="small muted num">
        {lastReceivedAt !== undefined && <Age since={lastReceivedAt} ago />}, {formatCount(received)}{' '}
        {received === 1 ? 'value' : 'values'} since this page listens
      </p>
    </div>
  );
}

/** Nothing came yet of a channel or pattern; after a while, what may be wrong. */
export function Waiting({ about }: { about: string }): ReactNode {
  const offline = useOffline();
  const waited = useElapsed(HINT_AFTER_MS, about);
  return (
    <div className={styles.strip} data-waiting role="status">
      <p className="strong">{offline ? 'Offline: nothing can be heard now.' : 'Waiting for first value…'}</p>
      {waited && !offline && (
        <p className="small muted">
          Nothing came yet. The command prints why it was refused: 401 means that the key is missing or wrong,
          403 that it may not publish here, no answer at all that this address cannot be reached from there.
        </p>
      )}
    </div>
  );
}

/** Whether so much time has passed since `about` changed. */
function useElapsed(ms: number, about: string): boolean {
  const [elapsed, setElapsed] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(about), ms);
    return () => clearTimeout(timer);
  }, [ms, about]);
  return elapsed === about;
}
