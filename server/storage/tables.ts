/**
 * Row types of app.db, one section for each feature. Columns are named in camelCase as in the code; times are ms since
 * 1970 UTC; documents are JSON text. SQLite has no booleans: such columns are `ColumnType<number, boolean, boolean>`.
 */
export interface Tables {
  /** Migrations that have been applied. */
  migrations: { name: string; appliedAt: number };

  // people, groups, sessions, invites, keys

  // boards

  // announcements, receipts
}
