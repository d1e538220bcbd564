import { lazy, type ReactNode, Suspense } from 'react';
import { connection } from '../connection/connection.ts';
import type { ConnectionSnapshot } from '../connection/types.ts';
import { useConnection } from '../connection/use-connection.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Shell.module.css';

const ProxyHelp = lazy(async () => ({ default: (await import('./ProxyHelp.tsx')).ProxyHelp }));

/** What a person must do before the line can come back, in full: the pill has room for a word. */
export function LineNotice(): ReactNode {
  const line = useConnection();
  return <div role="status">{noticeOf(line)}</div>;
}

function noticeOf({ state, blocked, cause, refused }: ConnectionSnapshot): ReactNode {
  if (blocked === 'kicked' || blocked === 'forbidden') {
    return (
      <div className={styles.update}>
        <span>
          <b>{blocked === 'kicked' ? 'You were disconnected.' : 'The server refuses this connection.'}</b>{' '}
          {cause}
        </span>
        <Button size="small" onClick={() => connection.reconnectNow()}>
          Reconnect
        </Button>
      </div>
    );
  }
  if (refused !== true || state === 'live') return null;
  return (
    <Suspense>
      <ProxyHelp />
    </Suspense>
  );
}
