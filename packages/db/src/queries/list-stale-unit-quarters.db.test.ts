import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { rollupRow } from '../testing/rollup-row.ts'
import { listStaleUnitQuarters, staleUnitQuartersQuery } from './list-stale-unit-quarters.ts'
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

const currentQuarter = toQuarter('2026Q3')

async function staleAt(asOf: number, limit = 100): Promise<string[]> {
  const found = await listStaleUnitQuarters(db, { asOf, currentQuarter, limit })
  return found.map(({ unitCode, quarter }) => `${quarter} ${unitCode}`)
}

test('a rollup is stale from its steady_until on, and an ended quarter until it has its state at the end', async () => {
  expect(
    staleUnitQuartersQuery(db, { asOf: SOME_INSTANT, currentQuarter, limit: 10 }).compile().sql,
  ).toMatchInlineSnapshot(
    `"select "latest"."unit_code" as "unitCode", "latest"."quarter" from "unit_quarter" as "latest" where "latest"."basis" = $1 and ("latest"."steady_until" <= $2::timestamptz or ("latest"."quarter" < $3 and not exists (select "ended"."quarter" from "unit_quarter" as "ended" where "ended"."quarter" = "latest"."quarter" and "ended"."unit_code" = "latest"."unit_code" and "ended"."basis" = $4))) order by "latest"."quarter", "latest"."unit_code" limit $5"`,
  )
  expect(await staleAt(SOME_INSTANT)).toEqual([])
  await putUnitQuarters(database.db, [
    rollupRow({ steadyUntil: SOME_INSTANT }),
    rollupRow({ unitCode: 'U2' }),
    rollupRow({ quarter: '2026Q2' }),
    rollupRow({ quarter: '2026Q2', unitCode: 'U2' }),
    rollupRow({ quarter: '2026Q2', unitCode: 'U2', basis: 'quarter_end', steadyUntil: 0 }),
  ])
  expect(await staleAt(SOME_INSTANT - 1)).toEqual(['2026Q2 U1'])
  expect(await staleAt(SOME_INSTANT)).toEqual(['2026Q2 U1', '2026Q3 U1'])
  expect(await staleAt(SOME_INSTANT, 1)).toEqual(['2026Q2 U1'])
})
