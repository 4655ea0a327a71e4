import { toPlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listMisreportsOfUnits, misreportsOfUnitsQuery } from './list-misreports-of-units.ts'

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

test('current misreports of the units, both dates included, by unit and date', async () => {
  const period = { firstOn: toPlainDate('2026-07-01'), lastOn: toPlainDate('2026-09-30') }
  expect(misreportsOfUnitsQuery(db, { unitCodes: ['U1'], ...period }).compile().sql).toMatchInlineSnapshot(
    `"select "misreport_code" as "misreportCode", "unit_code" as "unitCode", "event_code" as "eventCode", "kind", "confirmed_on" as "confirmedOn", "basis", "share_percent" as "sharePercent" from "misreport" where "unit_code" = any ($1::text[]) and "confirmed_on" >= $2 and "confirmed_on" <= $3 and "replaced_at" is null order by "unit_code", "confirmed_on", "misreport_code" /* kept */"`,
  )
  await rows.misreports(
    { misreport_code: 'last', confirmed_on: '2026-09-30' },
    { misreport_code: 'first', confirmed_on: '2026-07-01', event_code: 'E1' },
    { misreport_code: 'other', unit_code: 'U2' },
    { misreport_code: 'foreign', unit_code: 'U3' },
    { misreport_code: 'before', confirmed_on: '2026-06-30' },
    { misreport_code: 'after', confirmed_on: '2026-10-01' },
    { misreport_code: 'replaced', ...rows.replaced },
  )
  const found = await listMisreportsOfUnits(db, { unitCodes: ['U2', 'U1'], ...period })
  expect(found.map((row) => row.misreportCode)).toEqual(['first', 'last', 'other'])
  expect(found[0]).toEqual({
    misreportCode: 'first',
    unitCode: 'U1',
    eventCode: 'E1',
    kind: 'omitted',
    confirmedOn: '2026-07-01',
    basis: '依据',
    sharePercent: null,
  })
  expect(await listMisreportsOfUnits(db, { unitCodes: [], ...period })).toEqual([])
})
