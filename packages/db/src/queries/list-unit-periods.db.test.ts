import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listUnitPeriods, unitPeriodsQuery } from './list-unit-periods.ts'

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

test('current rows only: units in official order, each from its oldest row on', async () => {
  expect(unitPeriodsQuery(db).compile().sql).toMatchInlineSnapshot(
    `"select "unit_period"."unit_code" as "unitCode", "unit_period"."name", "unit_period"."short_name" as "shortName", "unit_period"."parent_code" as "parentCode", "unit_period"."tier", "unit_period"."peer_group" as "peerGroup", "unit_period"."duty_mode" as "dutyMode", "unit_period"."valid_from" as "validFrom", "unit_period"."valid_to" as "validTo" from "unit_period" inner join "unit" on "unit"."unit_code" = "unit_period"."unit_code" where "unit_period"."replaced_at" is null order by "unit"."position", "unit_period"."valid_from" asc nulls first"`,
  )
  expect(await listUnitPeriods(db)).toEqual([])
  await rows.periods(
    { unit_code: 'U1', valid_from: '2026-01-01', name: '后' },
    { unit_code: 'U1', valid_to: '2026-01-01', name: '前' },
    { unit_code: 'U2', name: '乙' },
    { unit_code: 'U1', valid_from: '2025-01-01', name: '误', ...rows.replaced },
  )
  const found = await listUnitPeriods(db)
  expect(found.map(({ unitCode, name, validFrom, validTo }) => [unitCode, name, validFrom, validTo])).toEqual([
    ['U2', '乙', null, null],
    ['U1', '前', null, '2026-01-01'],
    ['U1', '后', '2026-01-01', null],
  ])
  expect(found[0]).toMatchObject({
    shortName: null,
    parentCode: null,
    tier: 'county',
    peerGroup: '县区组',
    dutyMode: 'room',
  })
})
