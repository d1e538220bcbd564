import type SQLite from 'better-sqlite3';
import type { ChannelOptions } from '../../shared/api/publications.ts';
import { IDEMPOTENCY_TTL_MS } from '../../shared/limits.ts';
import { type Retention, retentionOf } from './retention.ts';
import { Seek } from './seek.ts';
import type { SqliteChannels } from './sqlite-channels.ts';
import { type ChannelRow, rowId } from './sqlite-schema.ts';

/** Rows deleted in one transaction: a few milliseconds, so that appends never wait long. */
const CHUNK_ROWS = 1_000;
/** Above this share of the disk budget the largest channels lose their oldest publications … */
const BUDGET_HIGH = 0.9;
/** … a tenth of what they hold at a time. */
const BUDGET_SHARE = 0.1;
export const ROLLUP_DAYS = 30;

/** Deletes what is no longer to be kept, in small steps. */
export class SqliteTrim {
  readonly #db: SQLite.Database;
  readonly #channels: SqliteChannels;
  readonly #defaults: Retention;
  readonly #maxBytes: number;
  readonly #seek: Seek;
  readonly #deleteRows: SQLite.Statement;
  readonly #purgeRows: readonly SQLite.Statement[];

  constructor(db: SQLite.Database, channels: SqliteChannels, defaults: Retention, maxBytes: number) {
    this.#db = db;
    this.#channels = channels;
    this.#defaults = defaults;
    this.#maxBytes = maxBytes;
    this.#seek = new Seek(db);
    this.#deleteRows = db.prepare(
      `delete from publications where id >= ${rowId('@channel', '@from')} and id < ${rowId('@channel', '@until')}`,
    );
    const purge = (table: string): SQLite.Statement =>
      db.prepare(
        `delete from ${table} where id >= ${rowId('@channel', '0')} and id < ${rowId('(@channel + 1)', '0')} limit ${CHUNK_ROWS}`,
      );
    this.#purgeRows = [
      purge('publications'),
      purge('rollups'),
      db.prepare(`delete from keys where channel = @channel limit ${CHUNK_ROWS}`),
    ];
  }

  /** The first offset that a channel keeps by its own retention. */
  keptFrom(row: Readonly<ChannelRow>, now: number): number {
    const keep = retentionOf(JSON.parse(row.options) as ChannelOptions, this.#defaults);
    const cutoff = now - keep.hours * 3_600_000;
    let from = Math.max(row.oldest, row.head - keep.publications + 1);
    if (from > row.head) return from;
    if ((this.#seek.value('arrived', row.id, from) ?? 0) < cutoff) {
      from = Math.max(from, this.#seek.first('arrived', row, cutoff));
    }
    if (row.total - (this.#seek.value('total', row.id, from) ?? 0) >= keep.bytes) {
      from = Math.max(from, this.#seek.first('total', row, row.total - keep.bytes + 1));
    }
    return from;
  }

  /**
   * Deletes a channel's publications before an offset, one chunk of them, and only what the rollups hold already.
   * @returns whether there are more to delete
   */
  trim(row: Readonly<ChannelRow>, keptFrom: number): boolean {
    const until = Math.min(keptFrom, row.rolled + 1, row.oldest + CHUNK_ROWS);
    if (until <= row.oldest) return false;
    this.#channels.transaction(() => {
      const changed = this.#channels.change(row);
      changed.trimmedTime = this.#seek.value('latest', row.id, until - 1) ?? row.trimmedTime;
      changed.oldest = until;
      this.#deleteRows.run({ channel: row.id, from: row.oldest, until });
    });
    return until < keptFrom;
  }

  /** What else the largest channel has to give while the file is near its budget; undefined while it is not. */
  overBudget(): { row: Readonly<ChannelRow>; keptFrom: number } | undefined {
    if (this.#usedBytes() <= this.#maxBytes * BUDGET_HIGH) return undefined;
    let largest: Readonly<ChannelRow> | undefined;
    let most = 0;
    for (const row of this.#channels.all()) {
      const bytes = row.total - (this.#seek.value('total', row.id, row.oldest) ?? row.total);
      if (bytes <= most) continue;
      most = bytes;
      largest = row;
    }
    if (!largest) return undefined;
    const keptFrom = this.#seek.first('total', largest, largest.total - most * (1 - BUDGET_SHARE));
    return { row: largest, keptFrom: Math.min(keptFrom, largest.head) };
  }

  /** Deletes one chunk of what dropped channels, old keys and old rollups left. @returns whether there is more */
  purge(now: number): boolean {
    const channel = this.#db.prepare('select channel from purges limit 1').pluck().get() as
      | number
      | undefined;
    if (channel !== undefined) {
      const deleted = this.#purgeRows.some((one) => one.run({ channel }).changes > 0);
      if (!deleted) this.#db.prepare('delete from purges where channel = ?').run(channel);
      return true;
    }
    const oldKeys = this.#db.prepare(`delete from keys where at <= ? limit ${CHUNK_ROWS}`);
    return oldKeys.run(now - IDEMPOTENCY_TTL_MS).changes === CHUNK_ROWS;
  }

  /** Bytes of the file that are in use; freed pages are used again, so the file itself does not shrink. */
  #usedBytes(): number {
    const pragma = (name: string): number => this.#db.pragma(name, { simple: true }) as number;
    return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  }
}
