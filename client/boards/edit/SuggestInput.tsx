import { Autocomplete } from '@base-ui/react/autocomplete';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import inputStyles from '../../ui/Input.module.css';
import styles from './SuggestInput.module.css';

/** After so long without a key, what was typed counts: each name on the way to it would be subscribed to. */
const SETTLE_MS = 600;

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
  /** Told once the text settled: chosen from the list, left, or not typed at for a moment. */
  onChange(value: string): void;
}

/** A field for a literal that can be typed freely, with a list of those that are known. */
export function SuggestInput(props: SuggestInputProps): ReactNode {
  const { id, label, value, suggestions, placeholder, autoFocus, nothing, onChange } = props;
  const [text, setText] = useState(value);
  const [dialog, setDialog] = useState<HTMLElement | null>(null);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(settling.current), []);
  const settle = (next: string): void => {
    clearTimeout(settling.current);
    if (next !== value) onChange(next);
  };
  const type = (next: string): void => {
    setText(next);
    clearTimeout(settling.current);
    if (suggestions.some((one) => one.value === next)) settle(next);
    else settling.current = setTimeout(() => settle(next), SETTLE_MS);
  };
  // What stood there when the list opened filters nothing: whoever opens it wants to see the others.
  const opened = useRef(value);
  return (
    <Autocomplete.Root
      items={suggestions}
      value={text}
      onValueChange={type}
      onOpenChange={(open: boolean) => {
        if (open) opened.current = text;
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
        // A modal dialog lies above everything outside it, the list included.
        ref={(input: HTMLElement | null) => setDialog(input?.closest<HTMLElement>('dialog') ?? null)}
        onBlur={() => settle(text)}
        {...(autoFocus === true && { 'data-autofocus': '' })}
        autoCapitalize="none"
      />
      {/* Null would mean a container still to come, and no list until then. */}
      <Autocomplete.Portal {...(dialog !== null && { container: dialog })}>
        <Autocomplete.Positioner className={styles.positioner} positionMethod="fixed" sideOffset={4}>
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
