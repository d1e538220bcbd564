import { type ReactNode, useEffect, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import { Note, SeverityTag } from '../ui/Severity.tsx';
import styles from './EntryFrame.module.css';
import { useSession } from './session-store.ts';

export interface EntryFrameProps {
  children: ReactNode;
  /** Centred and no wider than a form needs. */
  narrow?: boolean;
}

/** Around the pages before sign-in: whose software this is, whether the server answers, and where it is. */
export function EntryFrame({ children, narrow }: EntryFrameProps): ReactNode {
  const status = useSession((state) => state.status);
  return (
    <div className={classNames(styles.frame, narrow && styles.narrow)}>
      <header className={styles.mark}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M2.75 2.75h6v8h-6zM11.75 2.75h5.5v5h-5.5zM11.75 10.75h5.5v6.5h-5.5zM2.75 13.75h6v3.5h-6z" />
        </svg>
        Callboard
        <span>{status?.version}</span>
      </header>
      {status?.insecure === true && (
        <Note severity="warning" className={styles.insecure}>
          <SeverityTag severity="warning">Not encrypted</SeverityTag>
          <p>This server is used over plain http: others on the network may read what you type here.</p>
        </Note>
      )}
      {children}
      <footer className={styles.base}>
        <ServerReach />
        <span className="faint">{window.location.host}</span>
      </footer>
    </div>
  );
}

/** How often the server is asked while somebody looks at the form. */
const ASK_EVERY_MS = 10_000;

/** Round trip to the server in ms, `away` when it does not answer, undefined until the first answer. */
function useReach(): number | 'away' | undefined {
  const [reach, setReach] = useState<number | 'away'>();
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const startedAt = performance.now();
      const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
      setReach(answer?.ok === true ? Math.max(1, Math.round(performance.now() - startedAt)) : 'away');
    };
    void ask();
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return reach;
}

function ServerReach(): ReactNode {
  const reach = useReach();
  if (reach === undefined) return <span className={styles.reach}>Asking the server</span>;
  return (
    <span className={styles.reach}>
      <i className={classNames(styles.dot, reach === 'away' && styles.away)} />
      {reach === 'away' ? 'The server does not answer' : `Server answers in ${reach} ms`}
    </span>
  );
}
