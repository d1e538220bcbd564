import type SQLite from 'better-sqlite3';
import { type FieldRanges, Summary } from './fields.ts';
import type { SqliteChannels } from './sqlite-channels.ts';
import { type ChannelRow, rowId } from './sqlite-schema.ts';
import { ROLLUP_DAYS } from './sqlite-trim.ts';

export const MINUTE_MS = 60_000;
/** Publications summed up in one transaction: a few milliseconds. */
const CHUNK_ROWS = 500;

/**
 * Sums up publications by the minute of their producer's time. A cursor per channel (`rolled`) moves in the transaction
 * that writes the rollups, so after a crash each publication is still counted exactly once.
 */
export class SqliteRollups {
  readonly #channels: SqliteChannels;
  readonly #read: SQLite.Statement;
  readonly #find: SQLite.Statement;
  readonly #save: SQLite.Statement;
  readonly #deleteOld: SQLite.Statement;

  constructor(db: SQLite.Database, channels: SqliteChannels) {
    this.#channels = channels;
    this.#read = db.prepare(
      `select time, data from publications
       where id > ${rowId('@channel', '@after')} and id <= ${rowId('@channel', '@until')} order by id`,
    );
    this.#find = db.prepare(`select count, fields from rollups where id = ${rowId('?', '?')}`);
    this.#save = db.prepare(`insert or replace into rollups values (${rowId('?', '?')}, ?, ?)`);
    this.#deleteOld = db.prepare(
      `delete from rollups where id >= ${rowId('@channel', '0')} and id < ${rowId('@channel', '@minute')} limit ${CHUNK_ROWS}`,
    );
  }

  /** Rolls up one chunk of a channel. @returns whether there is more */
  roll(row: Readonly<ChannelRow>): boolean {
    const until = Math.min(row.head, row.rolled + CHUNK_ROWS);
    if (until === row.rolled) return false;
    this.#channels.transaction(() => {
      const minutes = new Map<number, Summary>();
      for (const one of this.#read.iterate({ channel: row.id, after: row.rolled, until }) as Iterable<{
        time: number;
        data: string;
      }>) {
        const minute = Math.floor(one.time / MINUTE_MS);
        this.#summary(minutes, row.id, minute).add(one.data);
      }
      for (const [minute, { count, fields }] of minutes) {
        this.#save.run(row.id, minute, count, JSON.stringify(fields));
      }
      this.#channels.change(row).rolled = until;
    });
    return until < row.head;
  }

  /** Deletes rollups that are too old, one chunk. @returns whether there may be more */
  trim(row: Readonly<ChannelRow>, now: number): boolean {
    const minute = Math.max(0, Math.floor(now / MINUTE_MS) - ROLLUP_DAYS * 24 * 60);
    return this.#deleteOld.run({ channel: row.id, minute }).changes === CHUNK_ROWS;
  }

  #summary(minutes: Map<number, Summary>, channel: number, minute: number): Summary {
    let summary = minutes.get(minute);
    if (summary) return summary;
    summary = new Summary();
    const kept = this.#find.get(channel, minute) as { count: number; fields: string } | undefined;
    if (kept) summary.merge(kept.count, JSON.parse(kept.fields) as FieldRanges);
    minutes.set(minute, summary);
    return summary;
  }
}
