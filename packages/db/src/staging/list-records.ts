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
    case 'pre_reports':
      return sql`t.pre_reported_at >= ${instant(from)} and t.pre_reported_at < ${instant(to)}`
    case 'adoptions':
      return sql`t.used_on between ${firstOn}::date and ${lastOn}::date`
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

/** Columns that tell the records of a kind apart, in the order of its list, with their types; NULL only in `valid_from`. */
export function recordKeyOf(key: StageKindKey): readonly { readonly column: string; readonly type: string }[] {
  const { columns, identity } = STAGE_KINDS[key]
  return identity.map((column) => ({ column, type: columns[column] ?? 'text' }))
}

/** The place of a record in the list of its kind. */
export function keyOfRecord(key: StageKindKey, record: RecordRow): readonly (string | number | null)[] {
  return recordKeyOf(key).map(({ column }) => {
    const value = record[column] ?? null
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    throw new RangeError(`${column} is no key`)
  })
}

export interface RecordPageArgs {
  /** null = all. */
  readonly filter: RecordFilter | null
  /** Values of `recordKeyOf` of the last record before the page; null = from the start. */
  readonly after: readonly (string | number | null)[] | null
  readonly limit: number
}

/** Units after a place in the official order; nothing after a unit that the handle does not reach. */
async function listUnitPage(db: Db, columns: string, { after, filter, limit }: RecordPageArgs): Promise<RecordRow[]> {
  const [unitCode = null, validFrom = null] = after ?? []
  const place = sql`position, coalesce(valid_from, '-infinity'::date)`
  const start = sql`(${place}) > ((select max(position) from mine where unit_code = ${unitCode}),
    coalesce(${validFrom}::date, '-infinity'::date))`
  const { rows } = await sql<RecordRow>`
    with mine as (
      select t.*, u.position from unit_period t join unit u on u.unit_code = t.unit_code
      where t.replaced_at is null${andInScope(db, 'records-units', 't.unit_code')}
    )
    select ${sql.raw(columns)} from mine t
    where ${filter === null ? sql`true` : inQuarter('units', filter)} and ${after === null ? sql`true` : start}
    order by ${place} limit ${limit}`.execute(db)
  return rows
}

/** One page of the current records of a kind, in the order of `listRecords`. */
export async function listRecordPage(db: Db, key: StageKindKey, args: RecordPageArgs): Promise<RecordRow[]> {
  const { columns, identity, table } = STAGE_KINDS[key]
  const selected = Object.keys(columns)
    .map((column) => `t.${column}`)
    .join(', ')
  if (key === 'units') return await listUnitPage(db, selected, args)
  const keys = sql.raw(identity.map((column) => `t.${column}`).join(', '))
  const condition = args.filter === null ? sql`true` : inQuarter(key, args.filter)
  const start = args.after === null ? sql`true` : sql`(${keys}) > (${sql.join(args.after)})`
  const { rows } = await sql<RecordRow>`
    select ${sql.raw(selected)} from ${sql.table(table)} t
    where t.replaced_at is null and ${condition} and ${start}${andInScope(db, `records-${key}`, 't.unit_code')}
    order by ${keys} limit ${args.limit}`.execute(db)
  return rows
}

/** Every current record of a kind in pages, by identity; `filter` null = all. Ask inside one snapshot. */
export async function* listRecords(
  db: Db,
  key: StageKindKey,
  filter: RecordFilter | null,
): AsyncGenerator<RecordRow[]> {
  if (key === 'units') {
    const selected = Object.keys(STAGE_KINDS[key].columns).map((column) => `t.${column}`)
    yield* listUnitRecords(db, selected.join(', '), filter === null ? sql`true` : inQuarter(key, filter))
    return
  }
  let after: RecordPageArgs['after'] = null
  for (;;) {
    const rows = await listRecordPage(db, key, { filter, after, limit: ROWS_PER_PAGE })
    if (rows.length > 0) yield rows
    const end = rows.at(-1)
    if (end === undefined || rows.length < ROWS_PER_PAGE) return
    after = keyOfRecord(key, end)
  }
}
