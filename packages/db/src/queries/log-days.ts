import type { PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { Db, ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { inScope } from '../transaction/scope.ts'
import type { DrawAuthor } from './draw-plans.ts'

/** A version of the head of a day's page. */
export interface LogDayRow {
  readonly unitCode: string
  readonly day: PlainDate
  readonly position: number
  readonly leader: string | null
  readonly weather: string | null
  readonly at: number
  readonly byName: string
}

/** Every version, the last that counts at the end. */
export function listLogDays(db: ReadonlyDb, unitCode: string, day: PlainDate): Promise<LogDayRow[]> {
  return db
    .selectFrom('log_day as d')
    .select(['d.unit_code as unitCode', 'd.day', 'd.position', 'd.leader', 'd.weather', 'd.at', 'd.by_name as byName'])
    .where('d.unit_code', '=', unitCode)
    .where('d.day', '=', sql<PlainDate>`${day}::date`)
    .$call(inScope(db, 'log-days', 'd.unit_code'))
    .orderBy('d.position')
    .execute()
}

export async function insertLogDay(
  db: Db,
  row: Omit<LogDayRow, 'at' | 'byName'>,
  { at, id, name }: DrawAuthor,
): Promise<void> {
  const { day, leader, position, unitCode, weather } = row
  await db
    .insertInto('log_day')
    .values({ unit_code: unitCode, day, position, leader, weather, at: instant(at), by_name: name, by_id: id })
    .execute()
}

/** How a unit kept its log on one day. */
export interface LogDayCount {
  readonly unitCode: string
  readonly day: PlainDate
  readonly count: number
}

/** Entries per unit and day of a span, for those that wrote any. */
export function countLogDays(
  db: ReadonlyDb,
  args: { readonly unitCodes: readonly string[]; readonly firstOn: PlainDate; readonly lastOn: PlainDate },
): Promise<LogDayCount[]> {
  return db
    .selectFrom('log_entry as e')
    .select(['e.unit_code as unitCode', 'e.day', sql<number>`count(*)`.as('count')])
    .where('e.unit_code', '=', sql<string>`any (${[...args.unitCodes]}::text[])`)
    .where('e.day', '>=', sql<PlainDate>`${args.firstOn}::date`)
    .where('e.day', '<=', sql<PlainDate>`${args.lastOn}::date`)
    .$call(inScope(db, 'log-day-counts', 'e.unit_code'))
    .groupBy(['e.unit_code', 'e.day'])
    .orderBy('e.unit_code')
    .orderBy('e.day')
    .execute()
}

/** What of a unit's log is open. */
export interface LogOpenCount {
  readonly unitCode: string
  readonly count: number
  /** When the oldest was written, epoch ms, and its address. */
  readonly oldestAt: number
  readonly oldestId: string
}

/** Of those that have anything open. */
export function countOpenLogs(db: ReadonlyDb, unitCodes: readonly string[]): Promise<LogOpenCount[]> {
  return db
    .selectFrom('log_entry as e')
    .select([
      'e.unit_code as unitCode',
      sql<number>`count(*)`.as('count'),
      sql<number>`min(e.at)`.as('oldestAt'),
      sql<string>`(array_agg(e.entry_id order by e.at, e.entry_id))[1]`.as('oldestId'),
    ])
    .where('e.unit_code', '=', sql<string>`any (${[...unitCodes]}::text[])`)
    .where(
      sql<boolean>`coalesce((select s.kind from log_step s where s.entry_id = e.entry_id and s.kind in ('closed', 'reopened')
        order by s.position desc limit 1), 'reopened') = 'reopened'`,
    )
    .$call(inScope(db, 'log-open-counts', 'e.unit_code'))
    .groupBy('e.unit_code')
    .orderBy('e.unit_code')
    .execute()
}
