import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { rollupRow } from '../testing/rollup-row.ts'
import { listRollupKeys, rollupKeysQuery } from './list-rollup-keys.ts'
import { putUnitQuarters } from './put-unit-quarters.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
  const rows = await makeFactRows(database.db)
  await rows.units('U2', 'U1')
})
afterAll(() => database.close())

test('quarters of the units asked for, by unit and quarter', async () => {
  expect(rollupKeysQuery(db, ['U1']).compile().sql).toMatchInlineSnapshot(
    `"select "unit_code" as "unitCode", "quarter" from "unit_quarter" where "unit_code" in ($1) and "basis" = $2 order by "unit_code", "quarter""`,
  )
  expect(await listRollupKeys(db, ['U1'])).toEqual([])
  await putUnitQuarters(database.db, [
    rollupRow({ quarter: '2026Q3' }),
    rollupRow({ quarter: '2026Q2' }),
    rollupRow({ quarter: '2026Q2', basis: 'quarter_end' }),
    rollupRow({ quarter: '2026Q1', unitCode: 'U2' }),
  ])
  expect(await listRollupKeys(db, ['U1'])).toEqual([
    { unitCode: 'U1', quarter: '2026Q2' },
    { unitCode: 'U1', quarter: '2026Q3' },
  ])
  expect(await listRollupKeys(db, [])).toEqual([])
})
