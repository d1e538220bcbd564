import type SQLite from 'better-sqlite3';
import type { ChannelOptions } from '../../shared/api/publications.ts';
import type { ChannelRow } from './sqlite-schema.ts';

const COLUMNS = [
  'name',
  'id',
  'generation',
  'dropped',
  'options',
  'head',
  'oldest',
  'lastTime',
  'arrived',
  'latest',
  'total',
  'late',
  'rolled',
  'trimmedTime',
] as const satisfies (keyof ChannelRow)[];

/**
 * The writer's register of channels: all rows in memory, as only the writer changes them. A transaction works on copies
 * (`change`) that count only when it has committed, so a failed one leaves the memory as it was.
 */
export class SqliteChannels {
  readonly #db: SQLite.Database;
  readonly #rows = new Map<string, ChannelRow>();
  readonly #save: SQLite.Statement;
  #lastId: number;
  #count = 0;
  #changed = new Map<string, ChannelRow>();

  constructor(db: SQLite.Database) {
    this.#db = db;
    this.#save = db.prepare(
      `insert or replace into channels (${COLUMNS.join(', ')}) values (${COLUMNS.map((one) => `@${one}`).join(', ')})`,
    );
    for (const row of db.prepare('select * from channels').all() as ChannelRow[]) {
      this.#rows.set(row.name, row);
      if (row.dropped === 0) this.#count += 1;
    }
    this.#lastId = db
      .prepare(
        'select max(ifnull((select max(id) from channels), 0), ifnull((select max(channel) from purges), 0))',
      )
      .pluck()
      .get() as number;
  }

  /** Channels that are not dropped, those of the running transaction included. */
  get count(): number {
    return this.#count;
  }

  all(): Iterable<ChannelRow> {
    return this.#rows.values();
  }

  get(name: string): Readonly<ChannelRow> | undefined {
    return this.#changed.get(name) ?? this.#rows.get(name);
  }

  /**
   * Runs a transaction. Rows from `change` and `create` are saved with it.
   * @throws what the work or SQLite throws; then nothing has changed
   */
  transaction<T>(work: () => T): T {
    const count = this.#count;
    const lastId = this.#lastId;
    try {
      const result = this.#db.transaction(() => {
        const value = work();
        for (const row of this.#changed.values()) this.#save.run(row);
        return value;
      })();
      for (const [name, row] of this.#changed) this.#rows.set(name, row);
      return result;
    } catch (cause) {
      this.#count = count;
      this.#lastId = lastId;
      throw cause;
    } finally {
      this.#changed = new Map();
    }
  }

  /** A row to change within the running transaction. */
  change(row: Readonly<ChannelRow>): ChannelRow {
    let copy = this.#changed.get(row.name);
    if (!copy) {
      copy = { ...row };
      this.#changed.set(row.name, copy);
    }
    return copy;
  }

  /** A channel that begins, or begins anew after a drop, within the running transaction. */
  create(name: string, options: ChannelOptions = {}): ChannelRow {
    const row = { ...fresh(name, ++this.#lastId), generation: this.get(name)?.generation ?? 0 };
    row.options = JSON.stringify(options);
    this.#changed.set(name, row);
    this.#count += 1;
    return row;
  }

  /** Ends the numbering of a channel: the next one gets an id of its own, the old rows are to be purged. */
  endNumbering(row: ChannelRow): void {
    this.#db.prepare('insert into purges values (?)').run(row.id);
    Object.assign(row, {
      ...fresh(row.name, ++this.#lastId),
      options: row.options,
      generation: row.generation + 1,
    });
  }

  /** Leaves only the generation of a channel, so that its name never has the same epoch twice. */
  bury(row: ChannelRow): void {
    this.endNumbering(row);
    row.dropped = 1;
    row.options = '{}';
    this.#count -= 1;
  }
}

function fresh(name: string, id: number): ChannelRow {
  return {
    name,
    id,
    generation: 0,
    dropped: 0,
    options: '{}',
    head: 0,
    oldest: 1,
    lastTime: null,
    arrived: 0,
    latest: 0,
    total: 0,
    late: 0,
    rolled: 0,
    trimmedTime: null,
  };
}
