import type SQLite from 'better-sqlite3';
import type { HistoryRange, StoredPublication } from './log.ts';
import { Seek } from './seek.ts';
import { type ChannelRow, NUMBER_OF_ID, rowId } from './sqlite-schema.ts';

export interface RowsRead {
  row: ChannelRow;
  publications: StoredPublication[];
}

export interface Newest {
  limit: number;
  maxBytes: number;
  /** Arrived at or after this time, ms. */
  since?: number;
}

/** Reads publications on the reader's connection. A channel that is not there reads as undefined. */
export class SqliteRead {
  readonly #db: SQLite.Database;
  readonly seek: Seek;
  readonly #channel: SQLite.Statement;
  readonly #rows: SQLite.Statement;

  constructor(db: SQLite.Database) {
    this.#db = db;
    this.seek = new Seek(db);
    this.#channel = db.prepare('select * from channels where name = ? and dropped = 0');
    this.#rows = db.prepare(
      `select ${NUMBER_OF_ID} as offset, time, data from publications
       where id > ${rowId('@channel', '@after')} and id <= ${rowId('@channel', '@until')} order by id`,
    );
  }

  channel(name: string): ChannelRow | undefined {
    return this.#channel.get(name) as ChannelRow | undefined;
  }

  after(name: string, after: number, limit: number, maxBytes: number): RowsRead | undefined {
    return this.#snapshot(name, (row) => this.take(row, Math.max(after, row.oldest - 1), limit, maxBytes));
  }

  newest(name: string, { limit, maxBytes, since }: Newest): RowsRead | undefined {
    return this.#snapshot(name, (row) => {
      if (row.oldest > row.head) return [];
      let first = Math.max(row.oldest, row.head - limit + 1);
      const fits = this.seek.first('total', row, row.total - maxBytes + 1);
      first = Math.max(first, Math.min(fits, row.head));
      if (since !== undefined) first = Math.max(first, this.seek.first('arrived', row, since));
      return this.take(row, first - 1, limit, Number.POSITIVE_INFINITY);
    });
  }

  /** Publications after an offset, as far as the channel's head, a count and about so many bytes (at least one). */
  take(row: ChannelRow, after: number, limit: number, maxBytes: number): StoredPublication[] {
    const taken: StoredPublication[] = [];
    let bytes = 0;
    for (const one of this.rows(row, after, Math.min(row.head, after + limit))) {
      bytes += one.data.length;
      if (taken.length > 0 && bytes > maxBytes) break;
      taken.push(one);
    }
    return taken;
  }

  /** Publications with after < offset ≤ until, in order. The iteration must be finished before the next query. */
  rows(row: ChannelRow, after: number, until: number): Iterable<StoredPublication> {
    return this.#rows.iterate({ channel: row.id, after, until }) as Iterable<StoredPublication>;
  }

  /** The offsets between which every publication of a range of producer's times lies; others may lie there too. */
  bounds(row: ChannelRow, { from, to, after }: HistoryRange): { first: number; last: number } {
    let first = Math.max(row.oldest, (after ?? 0) + 1);
    let last = row.head;
    if (from !== undefined) first = Math.max(first, this.seek.first('latest', row, from));
    if (to !== undefined) last = Math.min(last, this.seek.first('latest', row, to + row.late) - 1);
    return { first, last };
  }

  #snapshot(name: string, read: (row: ChannelRow) => StoredPublication[]): RowsRead | undefined {
    return this.#db.transaction(() => {
      const row = this.channel(name);
      return row && { row, publications: read(row) };
    })();
  }
}
