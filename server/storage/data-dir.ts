import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import SQLite from 'better-sqlite3';
import { ConfigError } from '../config-fields.ts';

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
 * @throws ConfigError where the path can be no such folder, Error where another process has it; both with a sentence
 *   for the operator
 */
export function openDataDir(path: string): DataDir {
  const folder = resolve(path);
  try {
    makeFolder(folder);
  } catch (cause) {
    throw unusable(folder, `cannot be created (${(cause as NodeJS.ErrnoException).code})`, cause);
  }
  if (!statSync(folder).isDirectory()) throw unusable(folder, 'is a file');
  const lock = takeLock(folder);
  return { path: folder, release: () => lock.close() };
}

/** Step by step: where a parent takes no folders, such as /proc, the recursive way of Node never comes back. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  if (!existsSync(parent)) makeFolder(parent);
  mkdirSync(folder, { mode: 0o700 });
}

function unusable(folder: string, fault: string, cause?: unknown): ConfigError {
  const sentence = `DATA_DIR is "${folder}", but must be a folder that this user can create and write to: it ${fault}.`;
  return new ConfigError(sentence, { cause });
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
    throw unusable(folder, `cannot be used (${(cause as Error).message})`, cause);
  }
}
