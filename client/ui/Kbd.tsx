import type { ReactNode } from 'react';
import styles from './Kbd.module.css';

/** A key to press. Not spoken: what it does has a name of its own. Gone where there is no keyboard. */
export function Kbd({ children }: { children: ReactNode }): ReactNode {
  return (
    <kbd className={styles.kbd} aria-hidden>
      {children}
    </kbd>
  );
}
