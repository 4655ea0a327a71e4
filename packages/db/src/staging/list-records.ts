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
export type RecordRow = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

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
    case 'duty_lines':
      // A line has no time of its own, and who was above a unit then is not told its numbers of now.
      return sql`false`
    case 'rosters':
      return sql`t.starts_at >= ${instant(from)} and t.starts_at < ${instant(to)}`
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

/**
 * Columns that tell the records of a kind apart, in the order of its list, with their types; NULL only in `valid_from`. They name
 * nobody: a person's place among those of a shift stands for the name.
 */
export function recordKeyOf(key: StageKindKey): readonly { readonly column: string; readonly type: string }[] {
  const { columns, identity, pageKey = identity } = STAGE_KINDS[key]
  return pageKey.map((column) => ({ column, type: columns[column] ?? (column === 'place' ? 'integer' : 'text') }))
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

type PageKey = ReturnType<typeof recordKeyOf>

/** `(columns) <operator> (values)` of the record before a page; true at the start. */
function compared(keys: PageKey, operator: '>' | '>=', after: RecordPageArgs['after']): RawBuilder<unknown> {
  if (after === null) return sql`true`
  const columns = sql.raw(keys.map(({ column }) => `t.${column}`).join(', '))
  const values = keys.map(({ type }, index) => {
    const value = after[index] ?? null
    return type === 'timestamptz' && typeof value === 'number' ? instant(value) : value
  })
  return sql`(${columns}) ${sql.raw(operator)} (${sql.join(values)})`
}

/** Whether some current record of a kind has a value in a column. */
export async function hasRecordWith(
  db: Db,
  key: StageKindKey,
  column: string,
  filter: RecordFilter | null,
): Promise<boolean> {
  const { table } = STAGE_KINDS[key]
  const condition = filter === null ? sql`true` : inQuarter(key, filter)
  const { rows } = await sql<{ has: boolean }>`select exists (select from ${sql.table(table)} t
    where t.replaced_at is null and t.${sql.ref(column)} is not null and ${condition}${andInScope(db, `records-${key}`, 't.unit_code')}
  ) as has`.execute(db)
  return rows[0]?.has ?? false
}

/** One page of the current records of a kind, in the order of `listRecords`. */
export async function listRecordPage(db: Db, key: StageKindKey, args: RecordPageArgs): Promise<RecordRow[]> {
  const { columns, placeOf, table } = STAGE_KINDS[key]
  const selected = Object.keys(columns)
    .map((column) => `t.${column}`)
    .join(', ')
  if (key === 'units') return await listUnitPage(db, selected, args)
  const keys = recordKeyOf(key)
  const condition = args.filter === null ? sql`true` : inQuarter(key, args.filter)
  const own = sql`from ${sql.table(table)} t
    where t.replaced_at is null and ${condition}${andInScope(db, `records-${key}`, 't.unit_code')}`
  const source =
    placeOf === undefined
      ? sql`select ${sql.raw(selected)} ${own} and ${compared(keys, '>', args.after)}`
      : sql`select * from (
          select ${sql.raw(`${selected}, ${placeOf} as place`)} ${own} and ${compared(keys.slice(0, -1), '>=', args.after)}
        ) t where ${compared(keys, '>', args.after)}`
  const order = sql.raw(keys.map(({ column }) => (column === 'place' ? 'place' : `t.${column}`)).join(', '))
  const { rows } = await sql<RecordRow>`${source} order by ${order} limit ${args.limit}`.execute(db)
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
