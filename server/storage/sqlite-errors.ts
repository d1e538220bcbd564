import { AppError } from '../errors.ts';

/**
 * What an error of SQLite means to whoever asked: `storageFull`, `overloaded` (locked, failing disk, dead worker), or
 * itself where it tells of a mistake or a constraint.
 */
export function asStorageError(cause: unknown): unknown {
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return cause;
  if (code.startsWith('SQLITE_FULL')) return new AppError('storageFull', { cause });
  if (/^(?:SQLITE_(?:BUSY|LOCKED|IOERR|READONLY|CANTOPEN|NOMEM)|WORKER_DIED)/.test(code)) {
    return new AppError('overloaded', {
      message: 'The database cannot be used at the moment; try again shortly.',
      cause,
    });
  }
  return cause;
}

/** Whether an insert or update was refused because another row has the same unique value. */
export function isUniqueViolation(cause: unknown): boolean {
  const code = (cause as { code?: unknown } | null)?.code;
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}
