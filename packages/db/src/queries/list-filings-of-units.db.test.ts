import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { filingsOfUnitsQuery, listFilingsOfUnits } from './list-filings-of-units.ts'

let database: TestDatabase
let db: ReadonlyDb
let rows: FactRows
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
  rows = await makeFactRows(database.db)
  await rows.units('U2', 'U1', 'U3')
})
afterAll(() => database.close())

test('current filings of the units for the holidays of the years', async () => {
  expect(filingsOfUnitsQuery(db, { unitCodes: ['U1'], years: [2026] }).compile().sql).toMatchInlineSnapshot(
    `"select "unit_code" as "unitCode", "holiday_year" as "holidayYear", "holiday_name" as "holidayName", "form", "received_at" as "receivedAt" from "filing" where "unit_code" in ($1) and "holiday_year" in ($2) and "replaced_at" is null order by "unit_code", "holiday_year", "holiday_name", "form""`,
  )
  await rows.filings(
    { form: 'whereabouts', received_at: instant(SOME_INSTANT) },
    { form: 'roster' },
    { holiday_year: 2027, holiday_name: '元旦' },
    { holiday_year: 2025 },
    { unit_code: 'U3' },
    { form: 'roster', holiday_name: '国庆节', ...rows.replaced },
  )
  const found = await listFilingsOfUnits(db, { unitCodes: ['U1', 'U2'], years: [2027, 2026] })
  expect(found).toEqual([
    { unitCode: 'U1', holidayYear: 2026, holidayName: '中秋节', form: 'roster', receivedAt: null },
    { unitCode: 'U1', holidayYear: 2026, holidayName: '中秋节', form: 'whereabouts', receivedAt: SOME_INSTANT },
    { unitCode: 'U1', holidayYear: 2027, holidayName: '元旦', form: 'roster', receivedAt: null },
  ])
  expect(await listFilingsOfUnits(db, { unitCodes: [], years: [2026] })).toEqual([])
  expect(await listFilingsOfUnits(db, { unitCodes: ['U1'], years: [] })).toEqual([])
})
