import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Two people of one name are two people; NULL = came with the program, or by a command at the machine.
  await sql`alter table regulation add column changed_by_id uuid, add column published_by_id uuid`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table regulation drop column changed_by_id, drop column published_by_id`.execute(db)
}
