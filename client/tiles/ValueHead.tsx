import type { ReactNode } from 'react';
import { SeverityShape } from '../ui/Severity.tsx';
import styles from './value.module.css';

/** The large figure, and the line below it: a passed limit with shape and word, and what happened to the value. */
export function ValueHead(): ReactNode {
  return (
    <>
      <p className={styles.value}>
        <span data-value />
        <span className={styles.unit} data-unit />
      </p>
      <p className={styles.line}>
        <span className={styles.tag} data-tag hidden>
          <SeverityShape severity="warning" className={styles.warning} />
          <SeverityShape severity="critical" className={styles.critical} />
          <b data-word />
        </span>
        <span className={styles.long} data-long />
        <span className={styles.short} data-short />
      </p>
    </>
  );
}
