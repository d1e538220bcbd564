import { numericFields } from '../../shared/json.ts';
import { type FormattedNumber, formatNumber } from './format.ts';
import { measureOf } from './line-groups.ts';

/** A whole document in one line is cut off here. */
const TEXT_MAX = 160;

/** A datum in one line: a number with its unit, a word, the first figure of an object, else its JSON. */
export function valueText(data: unknown): FormattedNumber {
  if (typeof data === 'number') return formatNumber(data);
  if (typeof data === 'string') return { text: cut(data.replace(/\s+/g, ' ')), unit: '' };
  if (typeof data === 'boolean') return { text: data ? 'on' : 'off', unit: '' };
  const message = messageOf(data);
  if (message !== undefined) return { text: cut(message), unit: '' };
  const [first] = numericFields(data, 1);
  if (first === undefined) return { text: cut(JSON.stringify(data)), unit: '' };
  const [pointer, value] = first;
  return formatNumber(value, measureOf(pointer));
}

/** Which field of an object `valueText` shows; empty where it shows all of the datum. */
export function shownPointer(data: unknown): string {
  if (typeof data !== 'object' || data === null || messageOf(data) !== undefined) return '';
  const [pointer] = numericFields(data, 1).keys();
  return pointer ?? '';
}

function messageOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('message' in data)) return undefined;
  return typeof data.message === 'string' ? data.message : undefined;
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1)}…`;
}
