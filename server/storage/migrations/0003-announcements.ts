import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table announcements (
      id text primary key,
      revision integer not null,
      state text not null,
      severity text not null,
      content text not null,
      createdById text not null,
      createdByName text not null,
      createdAt integer not null,
      updatedAt integer not null,
      sentAt integer,
      nextAt integer,
      endReason text,
      nudges integer not null,
      countRevision integer not null,
      repeats integer not null
    ) strict`.execute(db);
  await sql`create index announcementsByState on announcements (state)`.execute(db);
  await sql`create index announcementsByNextAt on announcements (nextAt)`.execute(db);
  await sql`
    create table announcementReceipts (
      announcementId text not null references announcements (id) on delete cascade,
      personId text not null,
      name text not null,
      search text not null,
      groups text not null,
      included integer not null,
      via text not null,
      rank integer not null,
      reachedAt integer,
      deliveredAt integer,
      seenAt integer,
      deferredAt integer,
      acknowledgedAt integer,
      late integer not null,
      answer text,
      device text,
      primary key (announcementId, personId)
    ) strict, without rowid`.execute(db);
  await sql`create index announcementReceiptsByPerson on announcementReceipts (personId, rank)`.execute(db);
  // Receipts of a count that an edit with `renotify` has closed: as they were, for the record.
  await sql`
    create table announcementPastReceipts (
      announcementId text not null references announcements (id) on delete cascade,
      countRevision integer not null,
      personId text not null,
      receipt text not null,
      primary key (announcementId, countRevision, personId)
    ) strict, without rowid`.execute(db);
}
