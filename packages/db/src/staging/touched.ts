import type { Quarter } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { isJudged, STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

export interface TouchedRow {
  readonly unitCode: string
  /** null = every quarter of the unit. */
  readonly quarter: Quarter | null
}

const KEYS_PER_PAGE = 5_000
const MANY_CASES = 500

const CHANGED = `import_stage s join import_change c on c.row_number = s.row_number and c.change <> 'unchanged'`

function quartersOf(days: string, from: string): string {
  return `insert into import_touched
    select distinct t.unit_code, to_char(day, 'YYYY"Q"Q')
    from ${from} cross join lateral unnest(${days}) as days (day) where day is not null`
}

/**
 * Puts down which units and quarters the file touches: those of its rows and of the versions they replace.
 * Call after `writeStage`.
 */
export async function collectTouched(trx: Db, key: StageKindKey): Promise<void> {
  const { identity, quarterDays, table } = STAGE_KINDS[key]
  // A transaction may put facts of several kinds on record, one after the other.
  await sql`drop table if exists pg_temp.import_touched`.execute(trx)
  await sql`create temporary table import_touched (unit_code text collate "C", quarter text) on commit drop`.execute(
    trx,
  )
  if (!isJudged(key)) return
  if (quarterDays === null) {
    await sql.raw(`insert into import_touched select distinct s.unit_code, null::text from ${CHANGED}`).execute(trx)
    return
  }
  await sql.raw(quartersOf(quarterDays, `(select s.* from ${CHANGED}) t`)).execute(trx)
  // The key of a big table holds the unit.
  const sameUnit = identity.includes('unit_code') ? 'and t.unit_code = s.unit_code' : ''
  await sql
    .raw(quartersOf(quarterDays, `${CHANGED} join ${table} t on t.version_id = c.version_id ${sameUnit}`))
    .execute(trx)
}

/**
 * Chooses the judged row anew for every event and unit the file touches (contract §5, "which rows are judged"); the
 * quarters of the former choice are put down as touched too. Call after `collectTouched` of reports.
 */
export async function refreshEventCases(trx: Db): Promise<void> {
  await sql
    .raw(
      `create temporary table import_case on commit drop as select distinct s.unit_code, s.event_code from ${CHANGED}`,
    )
    .execute(trx)
  await sql`analyze import_case`.execute(trx)
  const days = `array[(t.occurred_at at time zone interval '8 hours')::date, (t.learned_at at time zone interval '8 hours')::date]`
  await sql.raw(quartersOf(days, 'event_case t join import_case using (unit_code, event_code)')).execute(trx)
  await sql`
    insert into event_case (unit_code, event_code, category, level, occurred_at, learned_at)
    select distinct on (r.unit_code, r.event_code)
      r.unit_code, r.event_code, r.category, r.level, r.occurred_at, r.learned_at
    from report r join import_case using (unit_code, event_code)
    where r.replaced_at is null
    order by r.unit_code, r.event_code, (r.stage = 'first') desc, r.learned_at, (r.stage = 'final'), r.sequence
    on conflict (unit_code, event_code) do update set
      category = excluded.category, level = excluded.level,
      occurred_at = excluded.occurred_at, learned_at = excluded.learned_at`.execute(trx)
  const { rows } = await sql<{ many: boolean }>`select count(*) >= ${MANY_CASES} as many from import_case`.execute(trx)
  if (rows[0]?.many === true) await sql`analyze event_case`.execute(trx)
}

/** The keys put down, each once, in pages. */
export async function* listTouched(trx: Db): AsyncGenerator<TouchedRow[]> {
  let last = { unitCode: '', quarter: '' }
  for (;;) {
    const { rows } = await sql<{ unitCode: string; quarter: string }>`
      select distinct unit_code as "unitCode", coalesce(quarter, '') as quarter from import_touched
      where (unit_code, coalesce(quarter, '')) > (${last.unitCode}, ${last.quarter})
      order by 1, 2 limit ${KEYS_PER_PAGE}`.execute(trx)
    // Safe: `to_char` above writes quarters.
    if (rows.length > 0)
      yield rows.map(({ quarter, unitCode }) => ({ unitCode, quarter: quarter === '' ? null : (quarter as Quarter) }))
    const end = rows.at(-1)
    if (end === undefined || rows.length < KEYS_PER_PAGE) return
    last = end
  }
}
