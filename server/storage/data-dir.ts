import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';

export interface DataDir {
  path: string;
  /** Lets another process have the folder. */
  release(): void;
}

/**
 * Creates the folder of all data where it is missing (readable by its owner only) and keeps other processes out of it.
 *
 * The lock is an exclusive transaction on a file of its own: the system ends it with the process, also after kill -9,
 * which a file with a process number in it does not survive truthfully.
 * @throws Error with a sentence for the operator
 */
export function openDataDir(path: string): DataDir {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new Error(`The data folder ${folder} cannot be created: ${(cause as Error).message}.`, { cause });
  }
  const lock = takeLock(folder);
  return { path: folder, release: () => lock.close() };
}

function takeLock(folder: string): SQLite.Database {
  let lock: SQLite.Database | undefined;
  try {
    lock = new SQLite(join(folder, 'lock.db'), { timeout: 0 });
    lock.exec('begin exclusive');
    return lock;
  } catch (cause) {
    lock?.close();
    if ((cause as { code?: string }).code === 'SQLITE_BUSY') {
      throw new Error(
        `Another Callboard is running with the data folder ${folder}: stop it first, or set DATA_DIR to another folder.`,
        { cause },
      );
    }
    throw new Error(`The data folder ${folder} cannot be used: ${(cause as Error).message}.`, { cause });
  }
}
