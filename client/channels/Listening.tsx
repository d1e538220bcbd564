import { type ReactNode, useEffect, useState } from 'react';
import { useChannel } from '../connection/use-channel.ts';
import { useConnection } from '../connection/use-connection.ts';
import { formatCount } from '../live/format.ts';
import { Age } from '../ui/Age.tsx';
import { SeverityTag } from '../ui/Severity.tsx';
import styles from './Listening.module.css';
import { valueText } from './value-text.ts';

/** Who waits longer than this needs a hint, not patience. */
const HINT_AFTER_MS = 30_000;

/** Listens to a channel and says what came: the proof that a new source works. */
export function Listening({ channel }: { channel: string }): ReactNode {
  const { phase, error, last, received, lastReceivedAt } = useChannel(channel);
  const { state } = useConnection();
  const waited = useElapsed(HINT_AFTER_MS, channel);

  if (phase === 'failed') {
    return (
      <div className={styles.strip} role="status">
        <p className="strong">This channel cannot be read.</p>
        <p className="small muted">{error?.message}</p>
      </div>
    );
  }
  if (last === undefined) {
    const online = state === 'live' || state === 'degraded';
    return (
      <div className={styles.strip} data-waiting role="status">
        <p className="strong">{online ? 'Waiting for first value…' : 'Offline: nothing can be heard now.'}</p>
        {waited && online && (
          <p className="small muted">
            Nothing came yet. The command prints why it was refused: 401 means that the key is missing or
            wrong, 403 that it may not publish here, no answer at all that this address cannot be reached from
            there.
          </p>
        )}
      </div>
    );
  }
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

/** Whether so much time has passed since `about` changed. */
function useElapsed(ms: number, about: string): boolean {
  const [elapsed, setElapsed] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setElapsed(about), ms);
    return () => clearTimeout(timer);
  }, [ms, about]);
  return elapsed === about;
}
