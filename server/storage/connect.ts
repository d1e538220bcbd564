import SQLite from 'better-sqlite3';

export interface ConnectOptions {
  readonly?: boolean;
  /** Test of a full disk: most pages of 4 KiB the file may have. */
  maxPages?: number;
}

/**
 * Opens a SQLite file as every one of ours is opened. Blocks, so only worker threads do it.
 *
 * `synchronous = FULL` makes a commit survive a power loss (DUR-1). Memory maps are off because a failing disk would
 * kill the process through them instead of giving an error.
 */
export function connect(file: string, { readonly = false, maxPages }: ConnectOptions = {}): SQLite.Database {
  const db = new SQLite(file, { readonly, fileMustExist: readonly, timeout: 2_000 });
  if (!readonly) db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  if (maxPages !== undefined) db.pragma(`max_page_count = ${maxPages}`);
  return db;
}
