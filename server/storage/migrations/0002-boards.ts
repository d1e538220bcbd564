import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table boards (
      id text primary key,
      slug text not null unique,
      name text not null,
      revision integer not null,
      tiles text not null,
      groups text,
      createdAt integer not null,
      updatedAt integer not null,
      updatedBy text
    ) strict`.execute(db);
}
