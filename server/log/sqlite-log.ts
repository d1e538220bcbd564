import type { ChannelOptions } from '../../shared/api/publications.ts';
import type { Bucket } from '../../shared/protocol/publication.ts';
import { AppError } from '../errors.ts';
import { asStorageError } from '../storage/sqlite-errors.ts';
import { startWorker } from '../worker.ts';
import { WorkerCalls } from '../worker-calls.ts';
import { Catalogue } from './catalogue.ts';
import { GroupCommit } from './group-commit.ts';
import type {
  Appended,
  AppendItem,
  ChannelHead,
  HistoryRange,
  Log,
  ReadResult,
  StoredPublication,
} from './log.ts';
import { type Retention, retentionOf } from './retention.ts';
import type { RingBudget } from './ring.ts';
import type { Outcome } from './sqlite-append.ts';
import type { ReaderCalls } from './sqlite-log-reader.ts';
import type { WriterCalls, WriterData } from './sqlite-log-writer.ts';
import type { RowsRead } from './sqlite-read.ts';
import type { ChannelRow } from './sqlite-schema.ts';

const MAINTENANCE_EVERY_MS = 1_000;
/** The writer works on maintenance for so long, then appends get their turn for the pause. */
const MAINTENANCE_SLICE_MS = 10;
const MAINTENANCE_PAUSE_MS = 10;
/** A proof that a commit works holds for so long. */
const CHECK_HOLDS_MS = 1_000;

export interface SqliteLogOptions {
  /** Path of log.db; created where it is missing. */
  file: string;
  retention: Retention;
  maxChannels: number;
  /** Disk budget of the file. */
  maxBytes: number;
  /** Room for what is in memory; the history of `memory` channels takes from it too. */
  rings: RingBudget;
  clock?: () => number;
  /** Test of a full disk: most pages of 4 KiB the file may have. */
  maxPages?: number;
  /** Hears of maintenance that failed; it is tried again a second later. */
  onError?: (cause: unknown) => void;
}

type Results = (Appended | AppError)[];

/** The log of a single node, in a SQLite file with one writer and one reader thread. @see docs/decisions/0002 */
export class SqliteLog implements Log {
  readonly #options: SqliteLogOptions;
  readonly #clock: () => number;
  readonly #commits = new GroupCommit<Results>((calls) => this.#commit(calls));
  #writer!: WorkerCalls<WriterCalls>;
  #reader!: WorkerCalls<ReaderCalls>;
  #catalogue!: Catalogue;
  #timer: NodeJS.Timeout | undefined;
  #maintaining: Promise<void> | undefined;
  #checking: Promise<void> | undefined;
  #checkedAt = 0;
  #closed = false;

  private constructor(options: SqliteLogOptions) {
    this.#options = options;
    this.#clock = options.clock ?? Date.now;
  }

  /** @throws Error with a sentence when the file is damaged or of a newer version */
  static async open(options: SqliteLogOptions): Promise<SqliteLog> {
    const log = new SqliteLog(options);
    try {
      await log.#openWriter();
    } catch (cause) {
      throw new Error(`${options.file} cannot be opened: ${(cause as Error).message}`, { cause });
    }
    log.#reader = log.#startReader();
    log.#timer = setInterval(() => {
      log.maintain().catch((cause: unknown) => options.onError?.(cause));
    }, MAINTENANCE_EVERY_MS).unref();
    return log;
  }

  append(items: readonly AppendItem[]): Promise<Results> {
    if (this.#closed) return Promise.reject(new AppError('draining'));
    if (items.every((item) => this.#catalogue.memory(item.channel))) {
      return Promise.resolve(items.map((item) => this.#appendInMemory(item)));
    }
    return this.#commits.append(items);
  }

  async head(channel: string): Promise<ChannelHead> {
    return this.#catalogue.head(channel);
  }

  async readAfter(channel: string, after: number, limit: number, maxBytes: number): Promise<ReadResult> {
    const memory = this.#catalogue.memory(channel);
    if (memory) return this.#inMemory(channel, memory.readAfter(after, limit, maxBytes));
    return this.#result(
      channel,
      await this.#read((reader) => reader.call('after', channel, after, limit, maxBytes)),
    );
  }

  async readNewest(
    channel: string,
    most: { limit: number; maxBytes: number; ms?: number },
  ): Promise<ReadResult> {
    const { limit, maxBytes } = most;
    const since = most.ms === undefined ? {} : { since: this.#clock() - most.ms };
    const memory = this.#catalogue.memory(channel);
    if (memory) return this.#inMemory(channel, memory.readNewest(limit, maxBytes, since.since));
    const read = await this.#read((reader) => reader.call('newest', channel, { limit, maxBytes, ...since }));
    return this.#result(channel, read);
  }

  async readRange(
    channel: string,
    range: HistoryRange,
    limit: number,
  ): Promise<{ epoch: string; publications: StoredPublication[]; next?: number }> {
    const memory = this.#catalogue.memory(channel);
    if (memory) return { epoch: this.#catalogue.epoch(channel), ...memory.readRange(range, limit) };
    const { row, ...page } = await this.#read((reader) => reader.call('range', channel, range, limit));
    return { epoch: this.#epochOf(channel, row), ...page };
  }

  async readBuckets(
    channel: string,
    range: HistoryRange,
    points: number,
  ): Promise<{ epoch: string; buckets: Bucket[] }> {
    const memory = this.#catalogue.memory(channel);
    if (memory) return { epoch: this.#catalogue.epoch(channel), buckets: memory.readBuckets(range, points) };
    const { row, buckets } = await this.#read((reader) => reader.call('buckets', channel, range, points));
    return { epoch: this.#epochOf(channel, row), buckets };
  }

  async channels(query: {
    match?: string;
    after?: string;
    limit: number;
  }): Promise<(ChannelHead & { channel: string })[]> {
    return this.#catalogue.names(query).map((channel) => ({ channel, ...this.#catalogue.head(channel) }));
  }

  configure(channel: string, options: ChannelOptions): Promise<ChannelHead & { epochChanged: boolean }> {
    return this.#commits.exclusive(async () => {
      const before = this.#catalogue.head(channel);
      const after = merged(before.options, options);
      const epochChanged = (after.durability ?? 'disk') !== (before.options.durability ?? 'disk');
      const row = await this.#write((writer) => writer.call('configure', channel, after, epochChanged));
      if (!row) throw tooManyChannels();
      this.#catalogue.set(row);
      return { ...this.#catalogue.head(channel), epochChanged };
    });
  }

  drop(channel: string): Promise<boolean> {
    return this.#commits.exclusive(async () => {
      const row = await this.#write((writer) => writer.call('drop', channel));
      if (row) this.#catalogue.set(row);
      return row !== undefined;
    });
  }

  /** Anybody may ask whether we are ready, so those who ask within a second share one commit. */
  check(): Promise<void> {
    if (!this.#checking || performance.now() - this.#checkedAt > CHECK_HOLDS_MS) {
      this.#checkedAt = performance.now();
      this.#checking = this.#write((writer) => writer.call('check', this.#clock()));
      this.#checking.catch(() => {
        this.#checking = undefined;
      });
    }
    return this.#checking;
  }

  /** One round of rolling up and trimming; runs by itself every second. */
  maintain(): Promise<void> {
    this.#maintaining ??= this.#maintain().finally(() => {
      this.#maintaining = undefined;
    });
    return this.#maintaining;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#commits.settled();
    await this.#maintaining?.catch(() => undefined);
    for (const worker of [this.#reader, this.#writer]) {
      if (!worker.alive) continue;
      await worker.call('close');
      await worker.terminate();
    }
  }

  async #commit(
    calls: readonly (readonly AppendItem[])[],
  ): Promise<(items: readonly AppendItem[]) => Results> {
    const onDisk = calls.flat().filter((item) => !this.#catalogue.memory(item.channel));
    const outcomes = await this.#write((writer) => writer.call('append', onDisk, this.#clock()));
    let next = 0;
    return (items) =>
      items.map((item) =>
        this.#catalogue.memory(item.channel)
          ? this.#appendInMemory(item)
          : this.#appended(item, outcomes[next++]!),
      );
  }

  #appended({ channel, time }: AppendItem, outcome: Outcome): Appended | AppError {
    if (outcome === 'tooManyChannels') return tooManyChannels();
    if (outcome === 'conflict') {
      return new AppError('conflict', { message: 'This key was used before with other data.' });
    }
    if (outcome < 0) return { epoch: this.#catalogue.epoch(channel), offset: -outcome, duplicate: true };
    return { epoch: this.#catalogue.advance(channel, outcome, time), offset: outcome };
  }

  #appendInMemory(item: AppendItem): Appended | AppError {
    const result = this.#catalogue.memory(item.channel)!.append(item, this.#clock());
    if ('offset' in result && !result.duplicate)
      this.#catalogue.advance(item.channel, result.offset, item.time);
    return result;
  }

  #inMemory(channel: string, publications: StoredPublication[]): ReadResult {
    return { ...this.#catalogue.head(channel), publications };
  }

  #result(channel: string, read: RowsRead | undefined): ReadResult {
    if (!read) return { ...this.#catalogue.head(channel), publications: [] };
    return { ...this.#catalogue.headOf(read.row), publications: read.publications };
  }

  #epochOf(channel: string, row: ChannelRow | undefined): string {
    return row ? this.#catalogue.headOf(row).epoch : this.#catalogue.epoch(channel);
  }

  async #maintain(): Promise<void> {
    const now = this.#clock();
    for (const { memory, options } of this.#catalogue.memories()) {
      memory.trim(retentionOf(options, this.#options.retention), now);
    }
    for (let more = true; more && !this.#closed; ) {
      const report = await this.#write((writer) => writer.call('maintain', now, MAINTENANCE_SLICE_MS));
      for (const [channel, oldest] of report.trimmed) this.#catalogue.trimmed(channel, oldest);
      more = report.more;
      if (more) await new Promise((resolve) => setTimeout(resolve, MAINTENANCE_PAUSE_MS));
    }
  }

  async #write<T>(use: (writer: WorkerCalls<WriterCalls>) => Promise<T>): Promise<T> {
    try {
      if (!this.#writer.alive) await this.#openWriter();
      return await use(this.#writer);
    } catch (cause) {
      throw asStorageError(cause);
    }
  }

  async #read<T>(use: (reader: WorkerCalls<ReaderCalls>) => Promise<T>): Promise<T> {
    if (!this.#reader.alive) this.#reader = this.#startReader();
    try {
      return await use(this.#reader);
    } catch (cause) {
      throw asStorageError(cause);
    }
  }

  /** Also after a thread died: what it had committed last may never have been answered, so all heads are read anew. */
  async #openWriter(): Promise<void> {
    const { file, maxPages, retention, maxChannels, maxBytes } = this.#options;
    this.#writer = new WorkerCalls<WriterCalls>(
      startWorker('log-writer', {
        file,
        connect: maxPages === undefined ? {} : { maxPages },
        retention,
        maxChannels,
        maxBytes,
      } satisfies WriterData),
    );
    const { installation, channels } = await this.#writer.call('open');
    this.#catalogue ??= new Catalogue(installation, this.#options.rings);
    for (const row of channels) this.#catalogue.set(row);
  }

  #startReader(): WorkerCalls<ReaderCalls> {
    return new WorkerCalls<ReaderCalls>(startWorker('log-reader', { file: this.#options.file }));
  }
}

function tooManyChannels(): AppError {
  return new AppError('overloaded', {
    message: 'There are as many channels as this server allows (MAX_CHANNELS).',
  });
}

/** Absent fields stay; of the retention, each field by itself. A conflate key of null takes it away. */
function merged(old: ChannelOptions, changes: ChannelOptions): ChannelOptions {
  const options: ChannelOptions = { ...old, ...changes };
  if (old.retention && changes.retention) options.retention = { ...old.retention, ...changes.retention };
  if (options.conflateBy === null) delete options.conflateBy;
  return options;
}
