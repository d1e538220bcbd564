import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './Page.module.css';
import { PageHead, type PageHeadProps } from './PageHead.tsx';

export interface PageProps extends PageHeadProps {
  children: ReactNode;
  /** A panel beside the body; below 1000 px it takes the body's place. */
  aside?: ReactNode;
  /** Names the panel. */
  asideLabel?: string | undefined;
  /** A quiet line at the bottom. */
  foot?: ReactNode;
  bodyClassName?: string | undefined;
}

/** The common page: head row, a body that scrolls, perhaps a panel at its side. */
export function Page({ children, aside, asideLabel, foot, bodyClassName, ...head }: PageProps): ReactNode {
  return (
    <div className={styles.page}>
      <PageHead {...head} />
      <div className={styles.row}>
        <div className={classNames(styles.body, bodyClassName)}>{children}</div>
        {aside !== undefined && aside !== false && aside !== null && (
          <aside className={styles.aside} aria-label={asideLabel}>
            {aside}
          </aside>
        )}
      </div>
      {foot !== undefined && <footer className={styles.foot}>{foot}</footer>}
    </div>
  );
}
