import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/Button.tsx';
import styles from './ConnectionPill.module.css';
import { connection } from './connection.ts';
import { type PillText, pillText, spokenState } from './pill-text.ts';
import type { ConnectionSnapshot } from './types.ts';
import { useConnection } from './use-connection.ts';

/** State of the line in a few words, quiet while all is well; with a hairline at the very top of the window. */
export function ConnectionPill(): ReactNode {
  const line = useConnection();
  useNow();
  const text = pillText(line, connection.now());
  return (
    <div className={styles.pill} data-state={line.state}>
      <span className={styles.edge} aria-hidden="true" />
      <Mark kind={text.mark} />
      <span>{text.word}</span>
      {text.detail !== '' && <small>{text.detail}</small>}
      <Act act={text.act} />
      <Cause line={line} />
      <Spoken line={line} />
    </div>
  );
}

function Act({ act }: { act: PillText['act'] | undefined }): ReactNode {
  switch (act) {
    case 'now':
      return (
        <Button size="small" aria-label="Retry now" onClick={() => connection.reconnectNow()}>
          now
        </Button>
      );
    case 'again':
      return (
        <Button size="small" onClick={() => connection.reconnectNow()}>
          Reconnect
        </Button>
      );
    case 'reload':
      return (
        <Button size="small" onClick={() => window.location.reload()}>
          Reload
        </Button>
      );
    case undefined:
      return null;
  }
}

/** Why, for who asks: the pill itself stays short. */
function Cause({ line }: { line: ConnectionSnapshot }): ReactNode {
  if (line.cause === undefined || line.state === 'blocked') return null;
  return (
    <details className={styles.cause}>
      <summary>why</summary>
      <p>{line.cause}</p>
    </details>
  );
}

/** A state is spoken only when it has lasted, so that a flapping line is not narrated. */
const SPEAK_AFTER_MS = 3_000;

function Spoken({ line }: { line: ConnectionSnapshot }): ReactNode {
  const [spoken, setSpoken] = useState('');
  const text = spokenState(line);
  const last = useRef(line.state === 'live' ? text : '');
  useEffect(() => {
    const timer = setTimeout(() => {
      // The first "live" is what everybody expects.
      if (text !== last.current && (last.current !== '' || line.state !== 'live')) setSpoken(text);
      last.current = text;
    }, SPEAK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, line.state]);
  return (
    <span role="status" className="visually-hidden">
      {spoken}
    </span>
  );
}

function Mark({ kind }: { kind: PillText['mark'] }): ReactNode {
  return (
    <svg className={styles.mark} viewBox="0 0 12 12" aria-hidden="true">
      {kind === 'full' && <circle cx="6" cy="6" r="4" fill="currentColor" />}
      {kind !== 'full' && kind !== 'bang' && (
        <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      )}
      {kind === 'half' && <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />}
      {kind === 'bang' && <path d="M5 1h2l-.4 6.5H5.4zM5 9h2v2H5z" fill="currentColor" />}
    </svg>
  );
}
