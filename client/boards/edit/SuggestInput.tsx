import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, useRef } from 'react';
import { classNames } from '../../ui/class-names.ts';
import inputStyles from '../../ui/Input.module.css';
import styles from './SuggestInput.module.css';

export interface Suggestion {
  value: string;
  /** A quieter word at its end: the value that stands there now. */
  note?: string;
  /** What is shown where the value itself is empty. */
  label?: string;
}

export interface SuggestInputProps {
  id?: string | undefined;
  label: string;
  value: string;
  suggestions: readonly Suggestion[];
  placeholder?: string;
  /** Takes the focus when its dialog opens. */
  autoFocus?: boolean;
  /** In place of a list that would be empty. */
  nothing: string;
  onChange(value: string): void;
}

/** A field for a literal that can be typed freely, with a list of those that are known. */
export function SuggestInput(props: SuggestInputProps): ReactNode {
  const { id, label, value, suggestions, placeholder, autoFocus, nothing, onChange } = props;
  // What stood there when the list opened filters nothing: whoever opens it wants to see the others.
  const opened = useRef(value);
  return (
    <Autocomplete.Root
      items={suggestions}
      value={value}
      onValueChange={(next: string) => onChange(next)}
      onOpenChange={(open: boolean) => {
        if (open) opened.current = value;
      }}
      itemToStringValue={(item: Suggestion) => item.value}
      filter={(item: Suggestion, query: string) =>
        query === opened.current || item.value.toLowerCase().includes(query.trim().toLowerCase())
      }
      openOnInputClick
    >
      <Autocomplete.Input
        {...(id === undefined ? { 'aria-label': label } : { id })}
        className={classNames(inputStyles.input, inputStyles.mono)}
        placeholder={placeholder}
        spellCheck={false}
        {...(autoFocus === true && { 'data-autofocus': '' })}
        autoCapitalize="none"
      />
      <Autocomplete.Portal>
        <Autocomplete.Positioner className={styles.positioner} sideOffset={4}>
          <Autocomplete.Popup className={styles.popup}>
            <Autocomplete.Empty className={styles.none}>{nothing}</Autocomplete.Empty>
            <Autocomplete.List>
              {(item: Suggestion) => (
                <Autocomplete.Item key={item.value} value={item} className={styles.item}>
                  <span>{item.label ?? item.value}</span>
                  {item.note !== undefined && <small>{item.note}</small>}
                </Autocomplete.Item>
              )}
            </Autocomplete.List>
          </Autocomplete.Popup>
        </Autocomplete.Positioner>
      </Autocomplete.Portal>
    </Autocomplete.Root>
  );
}
