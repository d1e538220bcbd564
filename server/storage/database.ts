import { Kysely } from 'kysely';
import type { ConnectOptions } from './connect.ts';
import type { Tables } from './tables.ts';
import { workerDialect } from './worker-dialect.ts';

/**
 * The application's own data. Queries reject with AppError `storageFull` or `overloaded` where the disk or the lock
 * refuses; constraint errors pass as they are (`isUniqueViolation`).
 */
export type Database = Kysely<Tables>;

/** Opens app.db (created where it is missing); `migrate` it before use and `destroy()` it at the end. */
export async function openDatabase(file: string, options: ConnectOptions = {}): Promise<Database> {
  return new Kysely<Tables>({ dialect: workerDialect(file, options) });
}
