import type { ReactNode } from 'react';
import { SeverityShape } from '../ui/Severity.tsx';
import styles from './StatusTile.module.css';

/** The shape of a state that is not fine. */
export function LampShape({ state }: { state: 'critical' | 'warning' | 'silent' }): ReactNode {
  if (state !== 'silent') return <SeverityShape severity={state} className={styles[state]} />;
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className={styles.silent}>
      <path d="M2 2h12v12H2z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.7 2.1" />
    </svg>
  );
}

/** One light with all its shapes; which of them shows is written past React (see lamp-writer.ts). */
export function Lamp({ label, named }: { label: string; named?: boolean }): ReactNode {
  return (
    <li data-lamp data-state="silent" title={label}>
      <span className={styles.lamp} role="img" aria-label={label} data-name>
        <i />
        <LampShape state="critical" />
        <LampShape state="warning" />
        <LampShape state="silent" />
      </span>
      {named === true && (
        <>
          <span className={styles.label}>{label}</span>
          <span className={styles.word} data-word />
        </>
      )}
    </li>
  );
}
