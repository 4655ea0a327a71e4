import { type Kysely, sql } from 'kysely'

const NOTHING = `{"periods": [], "workload": 0, "bonus": 0, "itemCount": 0, "itemPoints": 0}`

const UP = [
  `alter table unit_quarter add column tally jsonb not null default '${NOTHING}'`,
  `alter table unit_quarter alter column tally drop default`,
  // What was computed before holds at no instant any more: reads go to the facts until the rows are refreshed.
  `update unit_quarter set steady_until = '-infinity'`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table unit_quarter drop column tally`.execute(db)
}
