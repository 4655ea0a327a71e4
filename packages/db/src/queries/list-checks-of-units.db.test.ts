import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { checksOfUnitsQuery, listChecksOfUnits } from './list-checks-of-units.ts'

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

test('current checks of the units in the range, to the ms, by unit and time', async () => {
  const range = { from: SOME_INSTANT, to: SOME_INSTANT + 1_000 }
  expect(checksOfUnitsQuery(db, { unitCodes: ['U1'], range }).compile().sql).toMatchInlineSnapshot(
    `"select "check_code" as "checkCode", "unit_code" as "unitCode", "method", "checked_at" as "checkedAt", "inspectors", "findings", "note" from "check_record" where "unit_code" in ($1) and "checked_at" >= $2::timestamptz and "checked_at" < $3::timestamptz and "replaced_at" is null order by "unit_code", "checked_at", "check_code""`,
  )
  await rows.checks(
    { check_code: 'late', checked_at: instant(range.to - 1) },
    { check_code: 'early' },
    { check_code: 'other', unit_code: 'U2' },
    { check_code: 'foreign', unit_code: 'U3' },
    { check_code: 'before', checked_at: instant(range.from - 1) },
    { check_code: 'after', checked_at: instant(range.to) },
    { check_code: 'replaced', ...rows.replaced },
  )
  const found = await listChecksOfUnits(db, { unitCodes: ['U2', 'U1'], range })
  expect(found.map((check) => check.checkCode)).toEqual(['early', 'late', 'other'])
  expect(await listChecksOfUnits(db, { unitCodes: [], range })).toEqual([])
})
