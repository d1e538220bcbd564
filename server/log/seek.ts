import type SQLite from 'better-sqlite3';
import { rowId } from './sqlite-schema.ts';

/** Columns that never fall from one publication of a channel to the next. */
export type Rising = 'arrived' | 'latest' | 'total';

/** Finds places in a channel by halving: its offsets have no holes, so each guess is one look-up by row id. */
export class Seek {
  readonly #at: Record<Rising, SQLite.Statement>;

  constructor(db: SQLite.Database) {
    const at = (column: Rising): SQLite.Statement =>
      db.prepare(`select ${column} from publications where id = ${rowId('?', '?')}`).pluck();
    this.#at = { arrived: at('arrived'), latest: at('latest'), total: at('total') };
  }

  /** The column's value at an offset; undefined when that one is not kept. */
  value(column: Rising, channel: number, offset: number): number | undefined {
    return this.#at[column].get(channel, offset) as number | undefined;
  }

  /** The first offset of `oldest`…`head` whose column is at least `value`; `head` + 1 when there is none. */
  first(column: Rising, channel: { id: number; oldest: number; head: number }, value: number): number {
    let low = channel.oldest;
    let high = channel.head + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      // One that was trimmed meanwhile lies before every one that is kept.
      if ((this.value(column, channel.id, middle) ?? Number.NEGATIVE_INFINITY) >= value) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
