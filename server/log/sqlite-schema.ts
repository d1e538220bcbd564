import { randomBytes } from 'node:crypto';
import type SQLite from 'better-sqlite3';

/**
 * A publication's row id is its channel's id and its offset in one number (channel in the upper bits), and so is a
 * rollup's with its minute. One b-tree then holds a channel's rows side by side in order, without a second index.
 * 40 bits are a million million publications in a channel; 23 bits are left for channels, dropped ones included.
 *
 * `arrived`, `latest` and `total` never fall from one row of a channel to the next, so that the place of a time or of
 * an amount of bytes is found by halving (see seek.ts):
 *   arrived  when it came, ms; retention goes by it
 *   latest   the highest producer's time up to here, ms
 *   total    bytes of data of this and all earlier publications
 */
const SCHEMA = `
  create table meta (name text primary key, value any) strict;

  create table channels (
    name text primary key,
    id integer not null unique,
    generation integer not null,       -- how many numberings of this name have ended
    dropped integer not null,          -- 1: only remembers the generation
    options text not null,             -- JSON
    head integer not null,             -- newest offset
    oldest integer not null,           -- oldest offset kept, head + 1 when none is
    lastTime real,                     -- producer's time of the newest
    arrived integer not null,          -- of the newest, as in publications
    latest real not null,              -- likewise
    total integer not null,            -- likewise
    late real not null,                -- furthest that a time lay behind 'latest', ms
    rolled integer not null,           -- rollups hold everything up to this offset
    trimmedTime real                   -- highest time of what was trimmed
  ) strict;

  create table publications (
    id integer primary key,            -- channel << 40 | offset
    time real not null,
    arrived integer not null,
    latest real not null,
    total integer not null,
    data text not null                 -- JSON as it was sent
  ) strict;

  create table keys (
    channel integer not null,
    key text not null,
    hash blob not null,                -- of the data
    offset integer not null,
    at integer not null,
    primary key (channel, key)
  ) strict, without rowid;
  create index keysByAge on keys (at);

  create table rollups (
    id integer primary key,            -- channel << 40 | minute since 1970
    count integer not null,
    fields text not null               -- JSON: pointer -> [min, max, last]
  ) strict;

  create table purges (channel integer primary key) strict;  -- rows of these channels are still to be deleted
`;

const VERSION = 1;

/**
 * Creates the tables where they are missing.
 * @returns the id of this installation, from which epochs are made
 * @throws Error with a sentence when a newer Callboard has written the file
 */
export function prepareSchema(db: SQLite.Database): string {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > VERSION) {
    throw new Error(
      `log.db was written by a newer version of Callboard (form ${version}, this one knows ${VERSION}): ` +
        'start that version, or restore a backup made before the upgrade.',
    );
  }
  if (version === 0) {
    db.transaction(() => {
      db.exec(SCHEMA);
      db.prepare('insert into meta values (?, ?)').run('installation', randomBytes(16).toString('hex'));
      db.pragma(`user_version = ${VERSION}`);
    })();
  }
  return db.prepare("select value from meta where name = 'installation'").pluck().get() as string;
}

/** SQL of a row id from a channel's id and an offset (or minute). */
export function rowId(channel: string, number: string): string {
  return `((${channel} << 40) | ${number})`;
}

/** SQL of the offset (or minute) in a row id. */
export const NUMBER_OF_ID = '(id & 0xffffffffff)';

/** A row of `channels`. */
export interface ChannelRow {
  name: string;
  id: number;
  generation: number;
  dropped: 0 | 1;
  options: string;
  head: number;
  oldest: number;
  lastTime: number | null;
  arrived: number;
  latest: number;
  total: number;
  late: number;
  rolled: number;
  trimmedTime: number | null;
}
