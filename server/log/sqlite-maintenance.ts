import type { SqliteChannels } from './sqlite-channels.ts';
import type { SqliteRollups } from './sqlite-rollups.ts';
import type { ChannelRow } from './sqlite-schema.ts';
import type { SqliteTrim } from './sqlite-trim.ts';

/** A channel is rolled up once a minute, or as soon as so much has come. */
const ROLL_EVERY_MS = 60_000;
const ROLL_BACKLOG = 5_000;
const TRIM_ROLLUPS_EVERY_MS = 3_600_000;

export interface MaintenanceReport {
  /** Channels that lost their oldest publications, with the offset that is now the oldest. */
  trimmed: Map<string, number>;
  /** The round is not over: call again. */
  more: boolean;
}

/** Goes round the channels, rolling up and trimming, and stops whenever its time is up. */
export class SqliteMaintenance {
  readonly #channels: SqliteChannels;
  readonly #rollups: SqliteRollups;
  readonly #trim: SqliteTrim;
  #round: Generator<void, void, void> | undefined;
  #trimmed = new Map<string, number>();
  readonly #rolledAt = new Map<string, number>();
  readonly #rollupsTrimmedAt = new Map<string, number>();

  constructor(channels: SqliteChannels, rollups: SqliteRollups, trim: SqliteTrim) {
    this.#channels = channels;
    this.#rollups = rollups;
    this.#trim = trim;
  }

  /**
   * Works on the current round, or begins one, for about so long.
   * @param now ms since 1970 UTC by the log's clock; `budgetMs` is real time
   */
  work(now: number, budgetMs: number): MaintenanceReport {
    const until = performance.now() + budgetMs;
    this.#round ??= this.#steps(now);
    let more = true;
    try {
      do {
        more = this.#round.next().done !== true;
      } while (more && performance.now() < until);
    } catch (cause) {
      this.#round = undefined;
      throw cause;
    }
    if (!more) this.#round = undefined;
    const trimmed = this.#trimmed;
    this.#trimmed = new Map();
    return { trimmed, more };
  }

  *#steps(now: number): Generator<void, void, void> {
    for (const { name, dropped } of [...this.#channels.all()]) {
      if (dropped === 1) {
        this.#rolledAt.delete(name);
        this.#rollupsTrimmedAt.delete(name);
        continue;
      }
      yield* this.#rollUp(name, now);
      yield* this.#trimTo(name, (row) => this.#trim.keptFrom(row, now));
      yield* this.#trimRollups(name, now);
      yield;
    }
    while (this.#trim.purge(now)) yield;
    for (let over = this.#trim.overBudget(); over; over = this.#trim.overBudget()) {
      const { row, keptFrom } = over;
      const before = row.oldest;
      yield* this.#rollUp(row.name, now, true);
      yield* this.#trimTo(row.name, () => keptFrom);
      if (this.#row(row.name)?.oldest === before) return;
      yield;
    }
  }

  *#rollUp(name: string, now: number, force = false): Generator<void, void, void> {
    const row = this.#row(name);
    if (!row || row.rolled === row.head) return;
    const due = now - (this.#rolledAt.get(name) ?? 0) >= ROLL_EVERY_MS;
    const mustTrim = row.rolled < this.#trim.keptFrom(row, now) - 1;
    if (!force && !due && !mustTrim && row.head - row.rolled < ROLL_BACKLOG) return;
    this.#rolledAt.set(name, now);
    for (let at: Readonly<ChannelRow> | undefined = row; at && this.#rollups.roll(at); at = this.#row(name))
      yield;
  }

  *#trimTo(name: string, keptFrom: (row: Readonly<ChannelRow>) => number): Generator<void, void, void> {
    for (let row = this.#row(name); row; row = this.#row(name)) {
      const more = this.#trim.trim(row, keptFrom(row));
      const { oldest } = this.#row(name)!;
      if (oldest !== row.oldest) this.#trimmed.set(name, oldest);
      if (!more || oldest === row.oldest) return;
      yield;
    }
  }

  *#trimRollups(name: string, now: number): Generator<void, void, void> {
    if (now - (this.#rollupsTrimmedAt.get(name) ?? 0) < TRIM_ROLLUPS_EVERY_MS) return;
    this.#rollupsTrimmedAt.set(name, now);
    for (let row = this.#row(name); row && this.#rollups.trim(row, now); row = this.#row(name)) yield;
  }

  #row(name: string): Readonly<ChannelRow> | undefined {
    const row = this.#channels.get(name);
    return row?.dropped === 0 ? row : undefined;
  }
}
