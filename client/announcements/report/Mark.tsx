import type { ReactNode } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { SeverityShape } from '../../ui/Severity.tsx';
import styles from './Mark.module.css';
import type { Standing } from './receipt-marks.ts';

/** A receipt: one square that fills up. Dashed unreachable, outline delivered, half seen, full acknowledged. */
export function Mark({ standing }: { standing: Standing }): ReactNode {
  if (standing === 'urgent') return <SeverityShape severity="critical" className={styles.shape} />;
  return <i className={classNames(styles.mark, styles[standing])} aria-hidden />;
}
