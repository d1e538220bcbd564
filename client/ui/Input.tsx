import { ChevronDown, Eye, EyeOff, Search } from 'lucide-react';
import { type ComponentProps, type ReactNode, type RefObject, useState } from 'react';
import { Button } from './Button.tsx';
import { classNames } from './class-names.ts';
import styles from './Input.module.css';
import { Kbd } from './Kbd.tsx';

interface Look {
  large?: boolean | undefined;
  /** For literals: names of channels, keys, tokens. */
  mono?: boolean | undefined;
}

export type TextInputProps = ComponentProps<'input'> & Look;

export function TextInput({ large, mono, className, ...rest }: TextInputProps): ReactNode {
  return (
    <input
      type="text"
      {...rest}
      className={classNames(styles.input, large && styles.large, mono && styles.mono, className)}
    />
  );
}

/** A passphrase that can be shown. Pasting is never hindered. */
export function PasswordInput(props: Omit<TextInputProps, 'type'>): ReactNode {
  const [shown, setShown] = useState(false);
  return (
    <span className={styles.with}>
      <TextInput
        spellCheck={false}
        autoCapitalize="none"
        autoCorrect="off"
        {...props}
        type={shown ? 'text' : 'password'}
      />
      <Button size="small" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        {shown ? 'Hide' : 'Show'}
        <span className="visually-hidden"> the passphrase</span>
      </Button>
    </span>
  );
}

export type TextAreaProps = ComponentProps<'textarea'> & Look;

/** Grows with what is written where the browser can. */
export function TextArea({ large, mono, className, ...rest }: TextAreaProps): ReactNode {
  return (
    <textarea
      {...rest}
      className={classNames(styles.input, styles.area, large && styles.large, mono && styles.mono, className)}
    />
  );
}

export interface SearchInputProps extends Omit<ComponentProps<'input'>, 'type' | 'aria-label'> {
  label: string;
  ref?: RefObject<HTMLInputElement | null> | undefined;
}

/** Filters what stands below it. `/` jumps to it (see app/shortcuts.ts); Escape empties it. */
export function SearchInput({ label, className, onKeyDown, ...rest }: SearchInputProps): ReactNode {
  return (
    <span className={classNames(styles.search, className)}>
      <Search aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        data-shortcut="/"
        autoComplete="off"
        spellCheck={false}
        className={styles.input}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (event.key === 'Escape' && event.currentTarget.value === '') event.currentTarget.blur();
        }}
        {...rest}
      />
      <Kbd>/</Kbd>
    </span>
  );
}

export interface SelectProps<T extends string>
  extends Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'>,
    Look {
  value: T;
  options: readonly { value: T; label: string; disabled?: boolean }[];
  onChange: (value: T) => void;
}

/** The browser's own list: right on every device, keyboard and screen reader. */
export function Select<T extends string>(props: SelectProps<T>): ReactNode {
  const { value, options, onChange, large, mono, className, ...rest } = props;
  return (
    <span className={classNames(styles.selectBox, className)}>
      <select
        {...rest}
        value={value}
        onChange={(event) => onChange(event.target.value as T)}
        className={classNames(styles.input, styles.select, large && styles.large, mono && styles.mono)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden />
    </span>
  );
}

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'checked'> {
  label: ReactNode;
  /** A second, smaller line. */
  help?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function Checkbox({ label, help, onChange, className, ...rest }: CheckboxProps): ReactNode {
  return (
    <label className={classNames(styles.check, className)}>
      <input {...rest} type="checkbox" onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label}
        {help !== undefined && <small>{help}</small>}
      </span>
    </label>
  );
}
