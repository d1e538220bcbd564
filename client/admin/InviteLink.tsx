import type { ReactNode } from 'react';
import { CopyButton } from '../ui/CopyButton.tsx';
import { DayTime } from '../ui/DayTime.tsx';
import styles from './InviteLink.module.css';

/** The link by which a person chooses a passphrase. The server keeps only its hash: it is shown this once. */
export function InviteLink({ invite }: { invite: { url: string; expiresAt: number } }): ReactNode {
  return (
    <div className={styles.link}>
      <code>{invite.url}</code>
      <CopyButton text={invite.url} label="Copy link" />
      <p>
        Hand it over as you like, no e-mail needed. It works once, until <DayTime time={invite.expiresAt} />,
        and is not shown again.
      </p>
    </div>
  );
}
