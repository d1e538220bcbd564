import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Table.module.css';

export interface TableProps extends ComponentProps<'table'> {
  /** What it lists; spoken. */
  label: string;
}

/** 32 px rows on hairlines. `data-align="right"` for figures, `data-selected` for the row that is open. */
export function Table({ label, className, ...rest }: TableProps): ReactNode {
  return (
    <div className={styles.box}>
      <table {...rest} aria-label={label} className={classNames(styles.table, className)} />
    </div>
  );
}
