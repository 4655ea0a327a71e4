import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'
import type { ObligationCause } from '../schema.ts'

export interface Settlement {
  readonly quarter: Quarter
  /** Whose obligations the stage holds, all of them of these sorts. */
  readonly unitCodes: readonly string[]
  readonly sort: 'events' | 'filings'
  readonly regulation: { readonly id: string; readonly version: string }
  readonly cause: ObligationCause
  /** Epoch ms. */
  readonly at: number
}

const MANY_ROWS = 1_000
const COLUMNS = `unit_code, kind, ref, level, arises_at, due_at, clause, turns_at, turns_to, pre_reported_at, reopened_at`

/**
 * Brings the obligations of some units in a quarter in line with the stage, by differences: versions that are no longer owed
 * so are closed, new ones added, and how they stand is put down. Where nothing differs nothing is written. Empties the stage.
 */
export async function settleObligations(trx: Db, settlement: Settlement): Promise<void> {
  const { at, cause, quarter, regulation, sort, unitCodes } = settlement
  const units = sql`${unitCodes}::text[]`
  const { rows } = await sql<{ staged: number; known: boolean }>`
    select (select count(*) from obligation_stage) as staged,
      exists (select from obligation where unit_code = any (${units})) as known`.execute(trx)
  const [found] = rows
  if (found === undefined) return
  const isKnown = found.known
  if (found.staged === 0 && !isKnown) return
  if (found.staged >= MANY_ROWS) await sql`analyze obligation_stage`.execute(trx)
  const same = sql`s.unit_code = o.unit_code and s.kind = o.kind and s.ref = o.ref`
  const own = sql`o.unit_code = any (${units}) and o.quarter = ${quarter} and o.replaced_at is null
    and o.kind ${sql.raw(sort === 'filings' ? '=' : '<>')} 'filing'`
  if (isKnown) {
    await sql`
      update obligation o set replaced_at = ${instant(at)}, replaced_cause = ${cause}
      where ${own} and not exists (
        select from obligation_stage s where ${same} and row(s.level, s.arises_at, s.due_at, s.clause)
          is not distinct from row(o.level, o.arises_at, o.due_at, o.clause)
          and o.regulation_id = ${regulation.id} and o.regulation_version = ${regulation.version})`.execute(trx)
    await sql`
      update obligation o set turns_at = s.turns_at, turns_to = s.turns_to, pre_reported_at = s.pre_reported_at,
        reopened_at = s.reopened_at
      from obligation_stage s where ${own} and ${same}
        and row(s.turns_at, s.turns_to, s.pre_reported_at, s.reopened_at)
          is distinct from row(o.turns_at, o.turns_to, o.pre_reported_at, o.reopened_at)`.execute(trx)
  }
  const before = isKnown
    ? sql`case when exists (select from obligation o where ${same} and o.replaced_at is not null)
        or exists (select from obligation o where ${same} and o.replaced_at is null and o.unit_code = any (${units}))
      then ${cause} else 'arose' end`
    : sql`'arose'`
  const missing = isKnown
    ? sql`where not exists (select from obligation o where ${same} and o.quarter = ${quarter} and o.replaced_at is null)`
    : sql``
  await sql`
    insert into obligation (${sql.raw(COLUMNS)}, quarter, regulation_id, regulation_version, cause, recorded_at)
    select ${sql.raw(COLUMNS.replace(/\w+/g, 's.$&'))}, ${quarter}, ${regulation.id}, ${regulation.version}, ${before},
      ${instant(at)}
    from obligation_stage s ${missing} order by s.unit_code, s.kind, s.ref`.execute(trx)
  if (found.staged >= MANY_ROWS) await sql`analyze obligation`.execute(trx)
  await sql`truncate obligation_stage`.execute(trx)
}
