import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '../ui/document-title.ts';
import { ErrorNote } from '../ui/States.tsx';
import styles from './last-resort.module.css';

/** In place of a page that broke while it was loaded or drawn. What is around it goes on. */
export function ErrorPage({ error, reset }: ErrorComponentProps): ReactNode {
  useDocumentTitle('Something broke');
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1}>This page broke</h1>
      <ErrorNote
        title="Nothing was lost on the server; what you had typed here may be gone."
        error={error}
        onRetry={reset}
      />
    </div>
  );
}

/** The whole client could not start, mostly because the server does not answer. */
export function StartFailedPage({ error }: { error: unknown }): ReactNode {
  useDocumentTitle('Not reachable');
  return (
    <main className={styles.page}>
      <h1 tabIndex={-1}>Callboard is not reachable</h1>
      <ErrorNote
        title="This page came from its store; the server behind it did not answer."
        error={error}
        onRetry={() => window.location.reload()}
      />
    </main>
  );
}
