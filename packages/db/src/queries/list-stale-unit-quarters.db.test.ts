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

async function staleAt(
  asOf: number,
  limit = 100,
  rules: Parameters<typeof listStaleUnitQuarters>[1]['rules'] = [],
): Promise<string[]> {
  const found = await listStaleUnitQuarters(db, { asOf, currentQuarter, rules, limit })
  return found.map(({ unitCode, quarter }) => `${quarter} ${unitCode}`)
}

test('a rollup is stale from its steady_until on, and an ended quarter until it has its state at the end', async () => {
  expect(
    staleUnitQuartersQuery(db, { asOf: SOME_INSTANT, currentQuarter, rules: [], limit: 10 }).compile().sql,
  ).toMatchInlineSnapshot(
    `"select "latest"."unit_code" as "unitCode", "latest"."quarter" from "unit_quarter" as "latest" where "latest"."basis" = $1 and ("latest"."steady_until" <= $2::timestamptz or exists (select "rules"."quarter" from unnest($3::text[], $4::text[], $5::text[]) as rules(quarter, id, version) where "rules"."quarter" = "latest"."quarter" and ("rules"."id" != "latest"."regulation_id" or "rules"."version" != "latest"."regulation_version")) or ("latest"."quarter" < $6 and not exists (select "ended"."quarter" from "unit_quarter" as "ended" where "ended"."quarter" = "latest"."quarter" and "ended"."unit_code" = "latest"."unit_code" and "ended"."basis" = $7))) order by "latest"."quarter", "latest"."unit_code" limit $8"`,
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

test('a rollup by other rules than its quarter follows is stale; quarters of other rules are left alone', async () => {
  const { regulationId: id, regulationVersion: version } = rollupRow({})
  const rulesOf = (quarter: string, rules: { id: string; version: string }) => [
    { quarter: toQuarter(quarter), ...rules },
  ]
  const before = await staleAt(SOME_INSTANT - 1)
  expect(await staleAt(SOME_INSTANT - 1, 100, rulesOf('2026Q3', { id, version }))).toEqual(before)
  expect(await staleAt(SOME_INSTANT - 1, 100, rulesOf('2026Q4', { id: 'other', version }))).toEqual(before)
  const all = [...before, '2026Q3 U1', '2026Q3 U2']
  expect(await staleAt(SOME_INSTANT - 1, 100, rulesOf('2026Q3', { id: 'other', version }))).toEqual(all)
  expect(await staleAt(SOME_INSTANT - 1, 100, rulesOf('2026Q3', { id, version: 'next' }))).toEqual(all)
})
