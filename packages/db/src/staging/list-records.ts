import type { Level, QuarterRange } from '@zhidu/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'
import { andInScope } from '../transaction/scope.ts'
import { STAGE_KINDS, type StageKindKey } from './stage-kinds.ts'

/** Which records belong to a quarter; what depends on rules is worked out by the caller. */
export interface RecordFilter {
  readonly range: QuarterRange
  /** Levels whose clock starts when the event occurred; the others' starts when the unit learned of it. */
  readonly occurredLevels: readonly Level[]
  /** Holidays whose forms are due in the quarter. */
  readonly holidays: readonly { readonly year: number; readonly name: string }[]
}

/** A current record by column; instants as epoch ms. */
export type RecordRow = Readonly<Record<string, string | number | readonly string[] | null>>

const ROWS_PER_PAGE = 5_000

function inQuarter(key: StageKindKey, filter: RecordFilter): RawBuilder<unknown> {
  const { firstOn, from, lastOn, to } = filter.range
  switch (key) {
    case 'units':
      return sql`(t.valid_from is null or t.valid_from <= ${lastOn}::date) and (t.valid_to is null or t.valid_to > ${firstOn}::date)`
    case 'reports':
      return sql`exists (
        select 1 from event_case c where c.unit_code = t.unit_code and c.event_code = t.event_code
          and case when c.level = any (${filter.occurredLevels}::text[]) then c.occurred_at else c.learned_at end >= ${instant(from)}
          and case when c.level = any (${filter.occurredLevels}::text[]) then c.occurred_at else c.learned_at end < ${instant(to)})`
    case 'checks':
      return sql`t.checked_at >= ${instant(from)} and t.checked_at < ${instant(to)}`
    case 'leads':
      return sql`t.seen_at >= ${instant(from)} and t.seen_at < ${instant(to)}`
    case 'misreports':
      return sql`t.confirmed_on between ${firstOn}::date and ${lastOn}::date`
    case 'bonuses':
      return sql`t.awarded_on between ${firstOn}::date and ${lastOn}::date`
    case 'filings': {
      const keys = filter.holidays.map(({ name, year }) => `${year}-${name}`)
      return sql`t.holiday_year || '-' || t.holiday_name = any (${keys}::text[])`
    }
  }
}

/** Units in official order, each from its oldest row on. */
async function* listUnitRecords(db: Db, columns: string, filter: RawBuilder<unknown>): AsyncGenerator<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select ${sql.raw(columns)} from unit_period t join unit u on u.unit_code = t.unit_code
    where t.replaced_at is null and ${filter}${andInScope(db, 'records-units', 't.unit_code')}
    order by u.position, t.valid_from nulls first`.execute(db)
  yield rows
}

/** Every current record of a kind in pages, by identity; `filter` null = all. Ask inside one snapshot. */
export async function* listRecords(
  db: Db,
  key: StageKindKey,
  filter: RecordFilter | null,
): AsyncGenerator<RecordRow[]> {
  const { columns, identity, table } = STAGE_KINDS[key]
  const selected = Object.keys(columns)
    .map((column) => `t.${column}`)
    .join(', ')
  const condition = filter === null ? sql`true` : inQuarter(key, filter)
  if (key === 'units') {
    yield* listUnitRecords(db, selected, condition)
    return
  }
  const keys = sql.raw(identity.map((column) => `t.${column}`).join(', '))
  let after: RawBuilder<unknown> = sql`true`
  for (;;) {
    const { rows } = await sql<RecordRow>`
      select ${sql.raw(selected)} from ${sql.table(table)} t
      where t.replaced_at is null and ${condition} and ${after}${andInScope(db, `records-${key}`, 't.unit_code')}
      order by ${keys} limit ${ROWS_PER_PAGE}`.execute(db)
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (end === undefined || rows.length < ROWS_PER_PAGE) return
    after = sql`(${keys}) > (${sql.join(identity.map((column) => end[column] ?? null))})`
  }
}
