import { sql } from 'kysely'
import type { Db } from '../db.ts'

interface Guard {
  readonly lift: string
  readonly put: string
}

/** In the order in which they are lifted. */
async function listGuards(trx: Db): Promise<readonly Guard[]> {
  const { rows } = await sql<Guard>`
    select lift, put from (
      select 1 as kind, format('alter table %s no force row level security', oid::regclass) as lift,
        format('alter table %s force row level security', oid::regclass) as put
      from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity
      union all
      select 2, format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
        format('alter table %s enable %s trigger %I', tgrelid::regclass,
          case tgenabled when 'R' then 'replica' when 'A' then 'always' else '' end, tgname)
      from pg_trigger join pg_class on pg_class.oid = tgrelid
      where relnamespace = 'public'::regnamespace and not tgisinternal and tgparentid = 0 and tgenabled <> 'D'
      union all
      select 3, format('alter table %s drop constraint %I', conrelid::regclass, conname),
        format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(c.oid))
      from pg_constraint c
      where connamespace = 'public'::regnamespace and contype = 'f' and conparentid = 0
    ) guard order by kind, lift collate "C"`.execute(trx)
  return rows
}

/**
 * Runs `fill` with foreign keys, triggers and forced row-level security of the schema `public` taken away, and puts them
 * back: rows then come in in any order and as they were, and every foreign key is checked once over the whole.
 * For tables made in this transaction: where it fails, nothing is put back but by the rollback.
 */
export async function withoutGuards(trx: Db, fill: () => Promise<void>): Promise<void> {
  const guards = await listGuards(trx)
  for (const { lift } of guards) await sql.raw(lift).execute(trx)
  await fill()
  for (const { put } of guards.toReversed()) await sql.raw(put).execute(trx)
}
