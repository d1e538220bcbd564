import type { ReactNode } from 'react';
import { ButtonLink } from '../ui/Button.tsx';
import { useDocumentTitle } from '../ui/document-title.ts';
import styles from './last-resort.module.css';

export function NotFoundPage(): ReactNode {
  useDocumentTitle('Not found');
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1}>There is no such page</h1>
      <p className="muted">It may have been renamed or removed.</p>
      <p>
        <ButtonLink to="/boards" variant="link">
          All boards
        </ButtonLink>
      </p>
    </div>
  );
}
