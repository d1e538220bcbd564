import { createLink } from '@tanstack/react-router';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './Segmented.module.css';

export interface SegmentedProps<T extends string> {
  /** What is chosen here; spoken. */
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode; count?: number; disabled?: boolean }[];
  onChange: (value: T) => void;
  size?: 'small' | 'medium' | undefined;
  className?: string | undefined;
}

/** One of a few, all in sight. Radio buttons underneath: arrow keys choose. */
export function Segmented<T extends string>(props: SegmentedProps<T>): ReactNode {
  const { label, value, options, onChange, size, className } = props;
  const name = useId();
  return (
    <fieldset className={classNames(styles.group, size === 'small' && styles.small, className)}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
          {option.count !== undefined && <span className={styles.count}>{option.count}</span>}
        </label>
      ))}
    </fieldset>
  );
}

/** Places of one page, as links in the head row. The router marks the current one. */
export function Tabs({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <nav className={styles.tabs} aria-label={label}>
      {children}
    </nav>
  );
}

interface TabProps extends ComponentProps<'a'> {
  count?: number | undefined;
}

function PlainTab({ count, children, className, ...rest }: TabProps): ReactNode {
  return (
    <a {...rest} className={classNames(styles.tab, className)}>
      {children}
      {count !== undefined && <span className={styles.count}>{count}</span>}
    </a>
  );
}

export const Tab = createLink(PlainTab);
