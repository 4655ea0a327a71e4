import type { HolidayBlock, PlainDate } from '@zhidu/domain'
import { sql } from 'kysely'
import type { ReadonlyDb } from '../db.ts'

export function holidaysQuery(db: ReadonlyDb) {
  return db
    .selectFrom('holiday')
    .select([
      'year',
      'name',
      'first_day_off as firstDayOff',
      'last_day_off as lastDayOff',
      sql<PlainDate[]>`makeup_workdays::text[]`.as('makeupWorkdays'),
    ])
    .orderBy('first_day_off')
    .orderBy('year')
    .orderBy('name')
}

/** Every announced holiday block, by first day off. */
export function listHolidays(db: ReadonlyDb): Promise<HolidayBlock[]> {
  return holidaysQuery(db).execute()
}
