import type { CSSProperties, ReactNode } from 'react';
import { PASSWORD_MIN } from '../../shared/limits.ts';
import { classNames } from '../ui/class-names.ts';
import { Field } from '../ui/Field.tsx';
import { PasswordInput } from '../ui/Input.tsx';
import styles from './PassphraseField.module.css';

/** Cells drawn; longer passphrases fill them all. */
const CELLS = 32;

export interface PassphraseFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}

/** A new passphrase. Length is its whole strength, so that is what is shown. */
export function PassphraseField({ value, onChange, error }: PassphraseFieldProps): ReactNode {
  const length = [...value].length;
  const enough = length >= PASSWORD_MIN;
  return (
    <Field
      label="Passphrase"
      aside="paste is fine"
      error={error}
      help={
        <>
          <LengthBar length={length} />
          <span className="num">
            {length > 0 && (
              <strong>
                {length} {length === 1 ? 'character' : 'characters'}.{' '}
              </strong>
            )}
            {length > 0 && !enough
              ? `${PASSWORD_MIN - length} more and it is good.`
              : `From ${PASSWORD_MIN} on it is good.`}{' '}
            Four words beat one clever one.
          </span>
        </>
      }
    >
      {(control) => (
        <PasswordInput
          {...control}
          large
          name="password"
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function LengthBar({ length }: { length: number }): ReactNode {
  const scale = { '--cells': CELLS, '--enough': PASSWORD_MIN } as CSSProperties;
  return (
    <span className={styles.length} style={scale} aria-hidden>
      {Array.from({ length: CELLS }, (_, cell) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells are a scale, they never move
        <i key={cell} className={classNames(styles.cell, cell < length && styles.on)} />
      ))}
      <s className={styles.rule} />
    </span>
  );
}
