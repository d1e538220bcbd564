import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/Button.tsx';
import styles from './Notices.module.css';
import { dismissNotice, useNotices } from './notice-store.ts';
import { clockTime } from './when.ts';

/** Words that somebody sent to just this device. They stay until the person takes them away. */
export function Notices(): ReactNode {
  const notices = useNotices((state) => state.notices);
  return (
    <div className={styles.stack} role="status">
      {notices.map(({ key, text, from, receivedAt }) => (
        <article key={key} className={styles.notice}>
          <header>
            <strong>{from === undefined ? 'Message to this device' : `${from}, to this device`}</strong>
            <time>{clockTime(receivedAt)}</time>
            <IconButton label="Dismiss the message" size="small" onClick={() => dismissNotice(key)}>
              <X aria-hidden />
            </IconButton>
          </header>
          <p>{text}</p>
        </article>
      ))}
    </div>
  );
}
