import type { ComponentProps, ReactNode } from 'react';
import type { Severity } from '../../shared/domain/announcement.ts';
import { classNames } from './class-names.ts';
import styles from './Severity.module.css';

const words: Record<Severity, string> = {
  info: 'Info',
  success: 'Success',
  warning: 'Warning',
  critical: 'Critical',
};

/** Shapes are drawn: the fonts carry no symbols, and a shape must not depend on one. */
const shapes: Record<Severity, ReactNode> = {
  info: (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M8 7.2v4M8 4.3v1.7" stroke="currentColor" strokeWidth="1.8" />
    </>
  ),
  success: <path fillRule="evenodd" d="M1 1h14v14H1ZM6.9 12.1l6-6.6-1.5-1.3-4.6 5.1-2.3-2.2-1.4 1.5Z" />,
  warning: <path d="M8 .8 15.8 15H.2Z" />,
  critical: <path d="M4.2 1.1h7.6L16 8l-4.2 6.9H4.2L0 8Z" />,
};

export interface SeverityShapeProps {
  severity: Severity;
  /** No longer in force: grey. */
  over?: boolean | undefined;
  className?: string | undefined;
}

/** The shape alone. It says nothing to a screen reader: put its word beside it. */
export function SeverityShape({ severity, over, className }: SeverityShapeProps): ReactNode {
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      className={classNames(styles.shape, over === true ? styles.over : styles[severity], className)}
    >
      {shapes[severity]}
    </svg>
  );
}

export interface SeverityProps {
  severity: Severity;
  over?: boolean | undefined;
  /** In place of the severity's own name: `High`, `Resolved`. */
  children?: ReactNode;
  className?: string | undefined;
}

/** Shape and word, where the severity repeats: lists, tables, feeds. */
export function SeverityWord({ severity, over, children, className }: SeverityProps): ReactNode {
  return (
    <span className={classNames(styles.word, over === true ? styles.over : styles[severity], className)}>
      <SeverityShape severity={severity} over={over} />
      {children ?? words[severity]}
    </span>
  );
}

/** Shape and word on a fill, where the severity leads. */
export function SeverityTag({ severity, over, children, className }: SeverityProps): ReactNode {
  if (over === true)
    return (
      <SeverityWord severity={severity} over>
        {children}
      </SeverityWord>
    );
  return (
    <span className={classNames(styles.tag, styles[severity], className)}>
      <SeverityShape severity={severity} />
      {children ?? words[severity]}
    </span>
  );
}

export interface NoteProps extends ComponentProps<'div'> {
  severity?: Severity | undefined;
}

/** A remark with a 3 px edge, hued where it has a severity. */
export function Note({ severity, className, ...rest }: NoteProps): ReactNode {
  return (
    <div
      {...rest}
      className={classNames(styles.note, severity !== undefined && styles[severity], className)}
    />
  );
}
