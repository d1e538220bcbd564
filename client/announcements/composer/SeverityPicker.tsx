import type { ReactNode } from 'react';
import { type Severity, severities } from '../../../shared/domain/announcement.ts';
import { classNames } from '../../ui/class-names.ts';
import { SeverityShape } from '../../ui/Severity.tsx';
import { ModKey } from './ModKey.tsx';
import styles from './SeverityPicker.module.css';

const words: Record<Severity, string> = {
  info: 'Info',
  success: 'Success',
  warning: 'Warning',
  critical: 'Critical',
};

export interface SeverityPickerProps {
  value: Severity;
  onChange: (severity: Severity) => void;
}

/** The four severities by shape and word; the chosen one takes its fill. */
export function SeverityPicker({ value, onChange }: SeverityPickerProps): ReactNode {
  return (
    <fieldset className={styles.group}>
      <legend className="visually-hidden">Severity</legend>
      {severities.map((severity, index) => (
        <label key={severity} className={classNames(styles.option, value === severity && styles[severity])}>
          <input
            type="radio"
            name="severity"
            checked={value === severity}
            onChange={() => onChange(severity)}
          />
          <SeverityShape severity={severity} className={styles.shape} />
          {words[severity]}
          <ModKey>{index + 1}</ModKey>
        </label>
      ))}
    </fieldset>
  );
}
