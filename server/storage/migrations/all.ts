import type { Migration } from '../migrate.ts';

/** Every change of app.db, oldest first. A migration that was released is never edited: add another. */
export const migrations: readonly Migration[] = [];
