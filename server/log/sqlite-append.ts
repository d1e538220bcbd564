import { createHash } from 'node:crypto';
import type SQLite from 'better-sqlite3';
import { IDEMPOTENCY_TTL_MS } from '../../shared/limits.ts';
import type { AppendItem } from './log.ts';
import type { SqliteChannels } from './sqlite-channels.ts';
import { type ChannelRow, rowId } from './sqlite-schema.ts';

/** The new offset of an item; the one of then, negative, for a duplicate; or why it was refused. */
export type Outcome = number | 'conflict' | 'tooManyChannels';

/** Numbers publications and writes them, with their idempotency keys, in one transaction. */
export class SqliteAppend {
  readonly #channels: SqliteChannels;
  readonly #maxChannels: number;
  readonly #insert: SQLite.Statement;
  readonly #findKey: SQLite.Statement;
  readonly #saveKey: SQLite.Statement;

  constructor(db: SQLite.Database, channels: SqliteChannels, maxChannels: number) {
    this.#channels = channels;
    this.#maxChannels = maxChannels;
    this.#insert = db.prepare(`insert into publications values (${rowId('?', '?')}, ?, ?, ?, ?, ?)`);
    this.#findKey = db.prepare('select hash, offset from keys where channel = ? and key = ? and at > ?');
    this.#saveKey = db.prepare('insert or replace into keys values (?, ?, ?, ?, ?)');
  }

  /** @param now ms since 1970 UTC, the arrival of all of them */
  append(items: readonly AppendItem[], now: number): Outcome[] {
    return this.#channels.transaction(() => items.map((item) => this.#one(item, now)));
  }

  #one(item: AppendItem, now: number): Outcome {
    const row = this.#open(item.channel);
    if (!row) return 'tooManyChannels';
    if (item.key === undefined) return this.#write(row, item, now);
    const hash = createHash('sha256').update(item.data).digest();
    const known = this.#findKey.get(row.id, item.key, now - IDEMPOTENCY_TTL_MS) as
      | { hash: Buffer; offset: number }
      | undefined;
    if (known) return known.hash.equals(hash) ? -known.offset : 'conflict';
    const offset = this.#write(row, item, now);
    this.#saveKey.run(row.id, item.key, hash, offset, now);
    return offset;
  }

  #open(name: string): ChannelRow | undefined {
    const known = this.#channels.get(name);
    if (known && known.dropped === 0) return this.#channels.change(known);
    return this.#channels.count < this.#maxChannels ? this.#channels.create(name) : undefined;
  }

  #write(row: ChannelRow, item: AppendItem, now: number): number {
    row.head += 1;
    row.lastTime = item.time;
    row.arrived = Math.max(row.arrived, now);
    row.latest = Math.max(row.latest, item.time);
    row.late = Math.max(row.late, row.latest - item.time);
    row.total += Buffer.byteLength(item.data);
    this.#insert.run(row.id, row.head, item.time, row.arrived, row.latest, row.total, item.data);
    return row.head;
  }
}
