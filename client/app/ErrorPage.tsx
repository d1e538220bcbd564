import type { ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '../ui/document-title.ts';
import { ErrorNote } from '../ui/States.tsx';
import styles from './last-resort.module.css';

/** What browsers say of a part of the page that the server no longer has: it was updated meanwhile. */
const PART_GONE = /dynamically imported module|module script failed/i;

/** In place of a page that broke while it was loaded or drawn. What is around it goes on. */
export function ErrorPage({ error, reset }: ErrorComponentProps): ReactNode {
  useDocumentTitle('Something broke');
  if (PART_GONE.test(String(error))) {
    return (
      <div className={styles.page}>
        <h1 tabIndex={-1}>This page is not here</h1>
        <ErrorNote
          title="A part of it could not be loaded: the server was updated, or did not answer. Reloading gets the version that it has now."
          error={error}
          onRetry={() => window.location.reload()}
        />
      </div>
    );
  }
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
