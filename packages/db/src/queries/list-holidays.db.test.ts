import { SAMPLE_HOLIDAYS } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { holidaysQuery, listHolidays } from './list-holidays.ts'
import { addHolidays } from './put-rules.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
})
afterAll(() => database.close())

test('blocks come by first day off; adding them again changes nothing', async () => {
  expect(holidaysQuery(db).compile().sql).toMatchInlineSnapshot(
    `"select "year", "name", "first_day_off" as "firstDayOff", "last_day_off" as "lastDayOff", makeup_workdays::text[] as "makeupWorkdays" from "holiday" order by "first_day_off", "year", "name""`,
  )
  expect(await listHolidays(db)).toEqual([])
  await addHolidays(database.db, [])
  await addHolidays(database.db, SAMPLE_HOLIDAYS.toReversed())
  await addHolidays(database.db, SAMPLE_HOLIDAYS)
  const found = await listHolidays(db)
  expect(found).toEqual(SAMPLE_HOLIDAYS.toSorted((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1)))
})
