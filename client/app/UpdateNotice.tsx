import { type ReactNode, useEffect, useState } from 'react';
import { connection } from '../connection/connection.ts';
import { session } from '../session/session-store.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Shell.module.css';

/** Says that the server was updated while the page stayed open. It never reloads by itself: work would be lost. */
export function UpdateNotice(): ReactNode {
  const [outdated, setOutdated] = useState(false);
  useEffect(
    () =>
      connection.on('welcome', ({ build }) => {
        const own = session.get().status?.build;
        setOutdated(own !== undefined && own !== build);
      }),
    [],
  );
  if (!outdated) return null;
  return (
    <div className={styles.update} role="status">
      <span>The server was updated. This page is still the one from before.</span>
      <Button size="small" onClick={() => window.location.reload()}>
        Reload
      </Button>
    </div>
  );
}
