import { type ReactNode, useId } from 'react';
import styles from './Field.module.css';
import { SeverityShape } from './Severity.tsx';

/** What a field hands to the control inside it, so that label, help and error belong to it. */
export interface ControlProps {
  id: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

export interface FieldProps {
  label: string;
  /** At the end of the label's line: a short remark, or a link. */
  aside?: ReactNode;
  /** Below the control; stays beside an error. */
  help?: ReactNode;
  /** What is wrong with what stands in the control. */
  error?: string | undefined;
  children: (control: ControlProps) => ReactNode;
}

/** Label, control, help and error of one value. */
export function Field({ label, aside, help, error, children }: FieldProps): ReactNode {
  const id = useId();
  const described = [
    error !== undefined && `${id}-error`,
    help !== undefined && `${id}-help`,
    typeof aside === 'string' && `${id}-aside`,
  ]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {aside !== undefined && (
          <span id={`${id}-aside`} className={styles.aside}>
            {aside}
          </span>
        )}
      </div>
      {children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(error !== undefined && { 'aria-invalid': true }),
      })}
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          <SeverityShape severity="critical" />
          {error}
        </p>
      )}
      {help !== undefined && (
        <div id={`${id}-help`} className={styles.help}>
          {help}
        </div>
      )}
    </div>
  );
}
