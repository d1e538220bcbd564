import { numericFields } from '../../shared/json.ts';

/** Per numeric field, by JSON pointer: its smallest, largest and last value. */
export type FieldRanges = Record<string, [min: number, max: number, last: number]>;

/** Publications (or rollups) summed up: a rollup of a minute, or a bucket of a chart. */
export class Summary {
  count = 0;
  readonly fields: FieldRanges = Object.create(null) as FieldRanges;

  /** Adds a publication. `data` is JSON text. */
  add(data: string): void {
    this.count += 1;
    for (const [pointer, value] of numericFields(JSON.parse(data))) {
      // JSON can say 1e400, which is read as Infinity and could not be written again.
      if (Number.isFinite(value)) this.#widen(pointer, value, value, value);
    }
  }

  /** Adds what was summed up before; it counts as later than what is here. */
  merge(count: number, fields: FieldRanges): void {
    this.count += count;
    for (const [pointer, [min, max, last]] of Object.entries(fields)) this.#widen(pointer, min, max, last);
  }

  #widen(pointer: string, min: number, max: number, last: number): void {
    const range = this.fields[pointer];
    if (!range) {
      this.fields[pointer] = [min, max, last];
      return;
    }
    if (min < range[0]) range[0] = min;
    if (max > range[1]) range[1] = max;
    range[2] = last;
  }
}
