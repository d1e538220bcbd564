import { type ReactNode, useEffect, useState } from 'react';
import { TextInput } from '../../ui/Input.tsx';

export interface NumberInputProps {
  id?: string | undefined;
  label?: string;
  value: number | undefined;
  /** Whole numbers only. */
  whole?: boolean;
  placeholder?: string;
  /** Undefined for an empty field. What is no number is kept in the field and not told. */
  onChange(value: number | undefined): void;
}

/** A number that can be typed in peace: `-`, `1.` and nothing at all are on the way to one. */
export function NumberInput({ id, label, value, whole, placeholder, onChange }: NumberInputProps): ReactNode {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  // The field follows from outside (undo, another tile), but not its own echo: `1.` must not become `1`.
  useEffect(() => {
    setText((shown) => (parsed(shown) === value ? shown : value === undefined ? '' : String(value)));
  }, [value]);
  const invalid = text.trim() !== '' && parsed(text) === undefined;
  return (
    <TextInput
      {...(id === undefined ? { 'aria-label': label } : { id })}
      inputMode={whole === true ? 'numeric' : 'decimal'}
      className="num"
      value={text}
      placeholder={placeholder}
      {...(invalid && { 'aria-invalid': true })}
      onChange={(event) => {
        setText(event.target.value);
        const number = parsed(event.target.value);
        if (event.target.value.trim() === '') onChange(undefined);
        else if (number !== undefined && (whole !== true || Number.isInteger(number))) onChange(number);
      }}
    />
  );
}

/** Reads a number as people write it: a comma is a point, the true minus a minus. */
function parsed(text: string): number | undefined {
  const plain = text.trim().replace(',', '.').replace('\u2212', '-');
  if (plain === '' || !/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  return Number(plain);
}
