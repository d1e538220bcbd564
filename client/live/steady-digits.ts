import { type NumberFormat, usefulDecimals } from './format.ts';

/**
 * Keeps the digits after the point of one figure that moves: `4.95` is followed by `5.00`, not by `5`, as digits that
 * come and go read like a jump. Where the size of the number changes, so do its digits.
 */
export class SteadyDigits {
  #useful: number | undefined;
  #shown = 0;

  /** The format to write the value with, and all that is said about it. Units that scale keep their own digits. */
  format(value: number | undefined, format: NumberFormat): NumberFormat {
    const { style = 'plain', decimals } = format;
    if (value === undefined || decimals !== undefined) return format;
    if (style === 'percent') return { ...format, decimals: Math.abs(value) < 10 ? 1 : 0 };
    if (style !== 'plain') return format;
    const useful = usefulDecimals(value);
    // Zero has no size of its own.
    if (value !== 0 && useful !== this.#useful) {
      this.#useful = useful;
      this.#shown = 0;
    }
    const [, fraction = ''] = Math.abs(value).toFixed(useful).replace(/0+$/, '').split('.');
    this.#shown = Math.max(this.#shown, fraction.length);
    return { ...format, decimals: this.#shown };
  }
}
