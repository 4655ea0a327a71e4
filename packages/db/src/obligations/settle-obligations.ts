import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'
import type { ObligationCause } from './obligation-tables.ts'

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

/**
 * Brings the obligations of some units in a quarter in line with the stage, by differences: versions that are no longer owed
 * so are closed, new ones added, and how they stand is put down. Where nothing differs nothing is written. Empties the stage;
 * returns how many it held.
 */
export async function settleObligations(trx: Db, settlement: Settlement): Promise<number> {
  const { at, cause, quarter, regulation, sort, unitCodes } = settlement
  const units = sql`${unitCodes}::text[]`
  const ofSort = sql`o.unit_code = any (${units}) and o.kind ${sort === 'filings' ? sql`=` : sql`<>`} 'filing'`
  const own = sql`${ofSort} and o.quarter = ${quarter} and o.replaced_at is null`
  const same = sql`s.unit_code = o.unit_code and s.kind = o.kind and s.ref = o.ref`
  const { rows } = await sql<{ staged: number; isKnown: boolean; hasBefore: boolean }>`
    select (select count(*) from obligation_stage) as staged,
      exists (select from obligation o where ${own}) as "isKnown",
      exists (select from obligation o where ${ofSort}) as "hasBefore"`.execute(trx)
  const [found] = rows
  if (found === undefined) return 0
  const { hasBefore, isKnown } = found
  if (found.staged === 0 && !isKnown) return 0
  if (found.staged >= MANY_ROWS) await sql`analyze obligation_stage`.execute(trx)
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
  // What was owed before, in this quarter or in another, is written anew for a cause; anything else arises.
  const before = sql`left join (select distinct o.unit_code, o.kind, o.ref from obligation o where ${ofSort}) before
    on before.unit_code = s.unit_code and before.kind = s.kind and before.ref = s.ref`
  const whether = hasBefore ? sql`case when before.ref is null then 'arose' else ${cause} end` : sql`'arose'`
  const missing = sql`where not exists (select from obligation o where ${own} and ${same})`
  await sql`
    insert into obligation (unit_code, kind, ref, level, arises_at, due_at, clause, turns_at, turns_to, pre_reported_at,
      reopened_at, quarter, regulation_id, regulation_version, cause, recorded_at)
    select s.unit_code, s.kind, s.ref, s.level, s.arises_at, s.due_at, s.clause, s.turns_at, s.turns_to,
      s.pre_reported_at, s.reopened_at, ${quarter}, ${regulation.id}, ${regulation.version}, ${whether},
      ${instant(at)}
    from obligation_stage s ${hasBefore ? before : sql``} ${isKnown ? missing : sql``}
    order by s.unit_code, s.kind, s.ref`.execute(trx)
  await sql`truncate obligation_stage`.execute(trx)
  return found.staged
}

/** After many new rows the planner needs new figures at once. */
export async function analyzeObligations(trx: Db): Promise<void> {
  await sql`analyze obligation`.execute(trx)
}
