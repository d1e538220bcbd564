import type SQLite from 'better-sqlite3';
import type { Bucket } from '../../shared/protocol/publication.ts';
import { Buckets, type Grid, gridOf } from './buckets.ts';
import type { FieldRanges } from './fields.ts';
import { HISTORY_PAGE_BYTES, type HistoryRange, type StoredPublication } from './log.ts';
import type { SqliteRead } from './sqlite-read.ts';
import { MINUTE_MS } from './sqlite-rollups.ts';
import { type ChannelRow, NUMBER_OF_ID, rowId } from './sqlite-schema.ts';

/** Rows looked at before other reads get their turn: a few milliseconds. */
const SLICE_ROWS = 2_000;

interface RollupRow {
  minute: number;
  count: number;
  fields: string;
}

interface Minutes {
  first: number;
  end: number;
}

/**
 * Reads that may touch many rows. They go in slices, each a short read of its own, so that a query over a month holds
 * up neither a board that opens nor the checkpoints of the writer.
 */
export class SqliteScan {
  readonly #read: SqliteRead;
  readonly #db: SQLite.Database;
  readonly #rollups: SQLite.Statement;

  constructor(db: SQLite.Database, read: SqliteRead) {
    this.#db = db;
    this.#read = read;
    this.#rollups = db.prepare(
      `select ${NUMBER_OF_ID} as minute, count, fields from rollups
       where id >= ${rowId('@channel', '@first')} and id < ${rowId('@channel', '@end')} order by id`,
    );
  }

  async range(
    name: string,
    range: HistoryRange,
    limit: number,
  ): Promise<{ publications: StoredPublication[]; next?: number; row?: ChannelRow }> {
    const row = this.#read.channel(name);
    if (!row) return { publications: [] };
    const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range;
    const { first, last } = this.#read.bounds(row, range);
    const publications: StoredPublication[] = [];
    let bytes = 0;
    for await (const slice of this.#slices(row, first, last)) {
      for (const one of slice) {
        if (one.time < from || one.time >= to) continue;
        if (publications.length === limit || (bytes > 0 && bytes + one.data.length > HISTORY_PAGE_BYTES)) {
          return { row, publications, next: publications.at(-1)!.offset };
        }
        bytes += one.data.length;
        publications.push(one);
      }
    }
    return { row, publications };
  }

  /**
   * Three sources that never count a publication twice: rollups for whole minutes, where they are coarse enough or all
   * that is left; publications that are in rollups, for the minutes at both edges; publications that are in none yet.
   */
  async buckets(
    name: string,
    range: HistoryRange,
    points: number,
  ): Promise<{ buckets: Bucket[]; row?: ChannelRow }> {
    const found = this.#read.channel(name);
    if (!found) return { buckets: [] };
    const buckets = new Buckets(this.#gridFor(found, range, points));
    const { from, to } = buckets.grid;
    const minutes = this.#rolledMinutes(found, buckets.grid, range);
    const { rollups, row } = this.#readRollups(found, minutes);
    const fromMs = Math.max(from, minutes.first * MINUTE_MS);
    const endMs = Math.max(from, minutes.end * MINUTE_MS);

    await this.#addRows(buckets, row, { ...range, from, to: Math.min(fromMs, to) }, 'rolled');
    for (const { minute, count, fields } of rollups) {
      buckets.addRollup(minute, count, JSON.parse(fields) as FieldRanges);
    }
    await this.#addRows(buckets, row, { ...range, from: endMs, to }, 'rolled');
    await this.#addRows(buckets, row, { ...range, from, to }, 'new');
    return { row, buckets: buckets.all() };
  }

  /** An open end of the range is where the data ends. */
  #gridFor(row: ChannelRow, range: HistoryRange, points: number): Grid {
    const oldestMinute = this.#db
      .prepare(`select ${NUMBER_OF_ID} from rollups where id >= ${rowId('?', '0')} order by id limit 1`)
      .pluck();
    const from =
      range.from ??
      Math.min(
        row.latest,
        this.#read.take(row, row.oldest - 1, 1, 1)[0]?.time ?? row.latest,
        row.oldest > 1
          ? ((oldestMinute.get(row.id) as number | undefined) ?? Number.POSITIVE_INFINITY) * MINUTE_MS
          : row.latest,
      );
    const to = range.to ?? row.latest + 1;
    return gridOf(from, Math.max(to, from), points);
  }

  /**
   * The minutes that are read from rollups: `first` ≤ minute < `end`. Rollups know no offsets, so a range that names one
   * is read from the publications alone.
   */
  #rolledMinutes(row: ChannelRow, { from, to, widthMs }: Grid, { after }: HistoryRange): Minutes {
    const none = { first: Math.ceil(to / MINUTE_MS), end: Math.ceil(to / MINUTE_MS) };
    if (after !== undefined) return none;
    const begin = Math.floor(from / MINUTE_MS);
    const trimmedEnd = row.trimmedTime === null ? begin : Math.floor(row.trimmedTime / MINUTE_MS) + 1;
    const mustEnd = Math.min(none.end, Math.max(begin, trimmedEnd));
    const first = mustEnd > begin ? begin : Math.ceil(from / MINUTE_MS);
    const end = widthMs < MINUTE_MS ? mustEnd : Math.max(mustEnd, Math.floor(to / MINUTE_MS));
    return end > first ? { first, end } : none;
  }

  /** Rollups, and the channel as they know it: its `rolled` says which publications they hold. */
  #readRollups(row: ChannelRow, { first, end }: Minutes): { rollups: RollupRow[]; row: ChannelRow } {
    return this.#db.transaction(() => {
      const now = this.#read.channel(row.name);
      return {
        rollups: this.#rollups.all({ channel: row.id, first, end }) as RollupRow[],
        row: now?.id === row.id ? now : row,
      };
    })();
  }

  /** Adds publications of a range: those that are in rollups, or those that are not yet. */
  async #addRows(
    buckets: Buckets,
    row: ChannelRow,
    range: Required<Pick<HistoryRange, 'from' | 'to'>> & HistoryRange,
    which: 'rolled' | 'new',
  ) {
    if (range.from >= range.to) return;
    const { first, last } = this.#read.bounds(row, range);
    const rows =
      which === 'rolled'
        ? this.#slices(row, first, Math.min(last, row.rolled))
        : this.#slices(row, Math.max(first, row.rolled + 1), last);
    for await (const slice of rows) {
      for (const { time, data } of slice) if (time >= range.from && time < range.to) buckets.add(time, data);
    }
  }

  async *#slices(row: ChannelRow, first: number, last: number): AsyncGenerator<StoredPublication[]> {
    for (let at = first - 1; at < last; at += SLICE_ROWS) {
      yield this.#read.take(row, at, Math.min(SLICE_ROWS, last - at), Number.POSITIVE_INFINITY);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}
