import type { ReactNode } from 'react';
import { ConnectionPill } from '../connection/ConnectionPill.tsx';
import { useDocumentTitle } from './document-title.ts';
import styles from './PageHead.module.css';

export interface PageHeadProps {
  /** The page's name: its h1, and the window's title. */
  title: string;
  /** In place of the plain text in the h1, for example with a menu beside it. */
  heading?: ReactNode;
  /** Tabs, segments, a search field. */
  tools?: ReactNode;
  /** Buttons at the right; at most one of them filled. */
  actions?: ReactNode;
}

/** The row at the top of every page: its name, where in it one is, the state of the line, what can be done. */
export function PageHead({ title, heading, tools, actions }: PageHeadProps): ReactNode {
  useDocumentTitle(title);
  return (
    <header className={styles.head}>
      <h1 tabIndex={-1}>{heading ?? title}</h1>
      <div className={styles.tools}>{tools}</div>
      <div className={styles.right}>
        <ConnectionPill />
        <div className={styles.actions}>{actions}</div>
      </div>
    </header>
  );
}
