import { SAMPLE_HOLIDAYS, toPlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { holidaysQuery, listHolidays } from './list-holidays.ts'
import { listYearNotices } from './list-year-notices.ts'
import { addFirstNotice, putYearNotice } from './put-year-notice.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
})
afterAll(() => database.close())

const FIRST = { year: 2026, source: '随程序提供', recordedAt: Date.UTC(2026, 0, 1), recordedBy: null }

test('blocks come by first day off; what came with the program is added once and never again', async () => {
  expect(holidaysQuery(db).compile().sql).toMatchInlineSnapshot(
    `"select "year", "name", "first_day_off" as "firstDayOff", "last_day_off" as "lastDayOff", makeup_workdays::text[] as "makeupWorkdays" from "holiday" order by "first_day_off", "year", "name""`,
  )
  expect(await listHolidays(db)).toEqual([])
  await addFirstNotice(database.db, { ...FIRST, blocks: SAMPLE_HOLIDAYS.toReversed() })
  await addFirstNotice(database.db, { ...FIRST, blocks: [] })
  const found = await listHolidays(db)
  expect(found).toEqual(SAMPLE_HOLIDAYS.toSorted((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1)))
})

test('a notice takes the place of the one before, which stays on record with who replaced it', async () => {
  const [newYear, spring] = SAMPLE_HOLIDAYS
  if (newYear === undefined || spring === undefined) throw new RangeError('no sample')
  const longer = { ...spring, lastDayOff: toPlainDate('2026-02-24') }
  const change = { year: 2026, source: '更正', recordedAt: Date.UTC(2026, 0, 9), recordedBy: '考核专责' }
  await putYearNotice(database.db, { ...change, blocks: [newYear, longer] })
  expect(await listHolidays(db)).toEqual([newYear, longer])
  await addFirstNotice(database.db, { ...FIRST, blocks: SAMPLE_HOLIDAYS })
  expect(await listHolidays(db)).toEqual([newYear, longer])
  expect(await listYearNotices(db, 2026)).toMatchObject([
    { source: '更正', recordedBy: '考核专责', replacedAt: null, blocks: [newYear, longer] },
    { source: '随程序提供', recordedBy: null, replacedAt: change.recordedAt, replacedBy: '考核专责' },
  ])
  expect(await listYearNotices(db, 2027)).toEqual([])
})
