import type { ReactNode } from 'react';
import styles from './Form.module.css';

export interface RowProps {
  label: string;
  /** Id of the control the label belongs to; absent for a group that names itself. */
  htmlFor?: string;
  /** As high as a title's field. */
  tall?: boolean;
  children: ReactNode;
}

/** One line of the form: label, control. */
export function Row({ label, htmlFor, tall, children }: RowProps): ReactNode {
  const className = tall === true ? `${styles.label} ${styles.tall}` : styles.label;
  return (
    <>
      {htmlFor === undefined ? (
        <span className={className} aria-hidden>
          {label}
        </span>
      ) : (
        <label className={className} htmlFor={htmlFor}>
          {label}
        </label>
      )}
      <div className={styles.control}>{children}</div>
    </>
  );
}

/** A part of the form under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What is wrong with the field above; spoken when it appears. */
export function Fault({ id, children }: { id: string; children: string | undefined }): ReactNode {
  if (children === undefined) return null;
  return (
    <p id={id} className={styles.fault} role="alert">
      {children}
    </p>
  );
}
