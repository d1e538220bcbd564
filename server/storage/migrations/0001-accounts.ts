import { type Kysely, sql } from 'kysely';

/** People, their groups and sessions, invites, API keys, and what the installation is called. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table settings (
      name text primary key,
      value text not null
    ) strict`.execute(db);
  await sql`
    create table people (
      id text primary key,
      login text not null unique,
      name text not null,
      role text not null,
      disabled integer not null default 0,
      passwordHash text,
      createdAt integer not null
    ) strict`.execute(db);
  await sql`
    create table groups (
      id text primary key,
      name text not null,
      createdAt integer not null
    ) strict`.execute(db);
  await sql`
    create table memberships (
      personId text not null references people (id) on delete cascade,
      groupId text not null references groups (id) on delete cascade,
      primary key (personId, groupId)
    ) strict, without rowid`.execute(db);
  await sql`create index membershipsByGroup on memberships (groupId)`.execute(db);
  await sql`
    create table sessions (
      id text primary key,
      tokenHash text not null unique,
      personId text not null references people (id) on delete cascade,
      createdAt integer not null
    ) strict`.execute(db);
  await sql`create index sessionsByPerson on sessions (personId)`.execute(db);
  await sql`
    create table invites (
      personId text primary key references people (id) on delete cascade,
      tokenHash text not null unique,
      expiresAt integer not null
    ) strict`.execute(db);
  await sql`
    create table keys (
      id text primary key,
      name text not null,
      role text,
      scopes text not null,
      secretHash text not null,
      hint text not null,
      createdAt integer not null,
      createdBy text not null,
      expiresAt integer,
      lastUsedAt integer
    ) strict`.execute(db);
}
