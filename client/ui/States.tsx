import { type ReactNode, useEffect, useState } from 'react';
import { ApiError, messageOf } from '../api.ts';
import { Button } from './Button.tsx';
import { CopyButton } from './CopyButton.tsx';
import { Note, SeverityTag } from './Severity.tsx';
import styles from './States.module.css';

export interface EmptyStateProps {
  /** One sentence: what is not here, and why. */
  title: string;
  children?: ReactNode;
  /** What to do about it; one button, at most two. */
  actions?: ReactNode;
}

/** Nothing here yet, and what brings it. */
export function EmptyState({ title, children, actions }: EmptyStateProps): ReactNode {
  return (
    <section className={styles.empty}>
      <h2>{title}</h2>
      {children !== undefined && <div>{children}</div>}
      {actions !== undefined && <div className={styles.acts}>{actions}</div>}
    </section>
  );
}

export interface ErrorNoteProps {
  error: unknown;
  /** What was tried: `The boards could not be loaded.` */
  title: string;
  onRetry?: (() => void) | undefined;
}

/** What failed, why, and the way on. With the id that stands in the server's log where there is one. */
export function ErrorNote({ error, title, onRetry }: ErrorNoteProps): ReactNode {
  const id = error instanceof ApiError ? error.errorId : undefined;
  return (
    <Note severity="critical" role="alert" className={styles.error}>
      <SeverityTag severity="critical">Failed</SeverityTag>
      <p className={styles.title}>{title}</p>
      <p>
        {messageOf(error)}
        {id !== undefined && ` Error ${id}.`}
      </p>
      {(onRetry !== undefined || id !== undefined) && (
        <div className={styles.acts}>
          {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
          {id !== undefined && <CopyButton text={id} label="Copy error id" variant="quiet" />}
        </div>
      )}
    </Note>
  );
}

export interface ListErrorProps {
  /** Of the newest try; nothing is drawn where it is undefined. */
  error: unknown;
  /** What is listed: `boards`. */
  what: string;
  /** Whether an older answer stands below. */
  shown: boolean;
  onRetry: () => void;
}

/** Above a list: that it could not be loaded, or, more quietly, that what stands below is from before. */
export function ListError({ error, what, shown, onRetry }: ListErrorProps): ReactNode {
  if (error === undefined) return null;
  if (!shown) {
    return (
      <div className={styles.above}>
        <ErrorNote error={error} title={`The ${what} could not be loaded.`} onRetry={onRetry} />
      </div>
    );
  }
  return (
    <p className={styles.old} role="status">
      <span>This list may be out of date. {messageOf(error)}</span>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </p>
  );
}

/** A quick answer shows no skeleton at all; a slow one says that it is slow. */
const SHOW_AFTER_MS = 150;
const SAY_AFTER_MS = 2_000;

const widths = ['62%', '84%', '47%', '73%', '56%', '90%', '68%', '40%'];

export interface SkeletonProps {
  rows?: number | undefined;
  /** What is being loaded: `boards`. */
  what: string;
}

/** Stands where lines of text will be. */
export function Skeleton({ rows = 5, what }: SkeletonProps): ReactNode {
  const [stage, setStage] = useState<'hidden' | 'shown' | 'late'>('hidden');
  useEffect(() => {
    const show = setTimeout(() => setStage('shown'), SHOW_AFTER_MS);
    const say = setTimeout(() => setStage('late'), SAY_AFTER_MS);
    return () => {
      clearTimeout(show);
      clearTimeout(say);
    };
  }, []);
  return (
    <div className={styles.bars} role="status">
      <span className={stage === 'late' ? styles.late : 'visually-hidden'}>Loading {what}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike and never move
          key={row}
          className={stage === 'hidden' ? `${styles.bar} ${styles.hold}` : styles.bar}
          style={{ width: widths[row % widths.length] }}
        />
      ))}
    </div>
  );
}
