import { afterAll, beforeAll, expect, test } from 'vitest'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listFactSpans } from './list-fact-spans.ts'

let database: TestDatabase
let rows: FactRows
beforeAll(async () => {
  database = await createTestDatabase()
  rows = await makeFactRows(database.db)
  await rows.units('U2', 'U1', 'U3')
})
afterAll(() => database.close())

test('from the earliest to the latest fact of any kind; units without facts and replaced facts are left out', async () => {
  expect(await listFactSpans(database.db, ['U1'])).toEqual([])
  await rows.cases({ learned_at: instant(SOME_INSTANT + 5_000) })
  await rows.checks({ checked_at: instant(0), ...rows.replaced })
  const span = async (unitCode = 'U1') =>
    (await listFactSpans(database.db, ['U1', 'U2', 'U3'])).find((row) => row.unitCode === unitCode)
  expect(await span()).toEqual({ unitCode: 'U1', earliestAt: SOME_INSTANT, latestAt: SOME_INSTANT + 5_000 })
  await rows.checks({ checked_at: instant(SOME_INSTANT - 1) })
  expect(await span()).toMatchObject({ earliestAt: SOME_INSTANT - 1 })
  await rows.misreports({ confirmed_on: '2026-01-02' })
  expect(await span()).toMatchObject({ earliestAt: Date.UTC(2026, 0, 2) })
  await rows.bonuses({ awarded_on: '2027-01-02' })
  expect(await span()).toMatchObject({ latestAt: Date.UTC(2027, 0, 2) })
  await rows.filings({ unit_code: 'U2', holiday_year: 2026 })
  expect(await span('U2')).toEqual({
    unitCode: 'U2',
    earliestAt: Date.UTC(2025, 11, 1),
    latestAt: Date.UTC(2026, 11, 31),
  })
  expect(await span('U3')).toBeUndefined()
  expect(await listFactSpans(database.db, [])).toEqual([])
})
