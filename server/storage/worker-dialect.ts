import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { AppError } from '../errors.ts';
import { startWorker } from '../worker.ts';
import { WorkerCalls } from '../worker-calls.ts';
import type { ConnectOptions } from './connect.ts';
import { Mutex } from './mutex.ts';
import { asStorageError } from './sqlite-errors.ts';
import type { SqliteCalls } from './sqlite-worker.ts';

/** Longer than any transaction of ours; one that uses `db` inside `db.transaction()` would wait for itself for ever. */
const ACQUIRE_TIMEOUT_MS = 10_000;

/** kysely on a SQLite file whose one connection lives in a worker thread, so that no query holds up the event loop. */
export function workerDialect(file: string, options: ConnectOptions): Dialect {
  return {
    createDriver: () => new WorkerDriver(file, options),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class WorkerDriver implements Driver {
  readonly #file: string;
  readonly #options: ConnectOptions;
  readonly #mutex = new Mutex();
  #calls: WorkerCalls<SqliteCalls> | undefined;

  constructor(file: string, options: ConnectOptions) {
    this.#file = file;
    this.#options = options;
  }

  async init(): Promise<void> {}

  /** A thread that died is replaced here, never within a transaction: the rest of one must not run outside of it. */
  async acquireConnection(): Promise<DatabaseConnection> {
    await this.#mutex.lock(ACQUIRE_TIMEOUT_MS, () => new AppError('overloaded'));
    if (!this.#calls?.alive) {
      this.#calls = new WorkerCalls(
        startWorker('sqlite-worker', { file: this.#file, options: this.#options }),
      );
    }
    return new WorkerConnection(this.#calls);
  }

  async releaseConnection(): Promise<void> {
    this.#mutex.unlock();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async destroy(): Promise<void> {
    const calls = this.#calls;
    if (!calls?.alive) return;
    await calls.call('close');
    await calls.terminate();
  }
}

class WorkerConnection implements DatabaseConnection {
  readonly #calls: WorkerCalls<SqliteCalls>;

  constructor(calls: WorkerCalls<SqliteCalls>) {
    this.#calls = calls;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const parameters = query.parameters.map((value) => (typeof value === 'boolean' ? Number(value) : value));
    try {
      const { rows, changes, lastId } = await this.#calls.call('run', query.sql, parameters);
      return {
        rows: rows as R[],
        ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
        ...(lastId !== undefined && { insertId: BigInt(lastId) }),
      };
    } catch (cause) {
      throw asStorageError(cause);
    }
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator; this one only refuses
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new Error('Streaming is not offered: page through the rows instead.');
  }
}
