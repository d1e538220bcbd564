import type { Migration } from '../migrate.ts';
import * as accounts from './0001-accounts.ts';
import * as boards from './0002-boards.ts';
import * as announcements from './0003-announcements.ts';

/** Every change of app.db, oldest first. A migration that was released is never edited: add another. */
export const migrations: readonly Migration[] = [
  { name: '0001-accounts', up: accounts.up },
  { name: '0002-boards', up: boards.up },
  { name: '0003-announcements', up: announcements.up },
];
