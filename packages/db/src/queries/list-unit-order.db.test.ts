import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listUnitOrder, unitOrderQuery } from './list-unit-order.ts'

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

test('codes come in official order, not by code', async () => {
  expect(unitOrderQuery(db).compile().sql).toMatchInlineSnapshot(
    `"select "unit_code" as "unitCode" from "unit" order by "position""`,
  )
  expect(await listUnitOrder(db)).toEqual(['U2', 'U1', 'U3'])
})

test('no unit: an empty list', async () => {
  const empty = await createTestDatabase()
  expect(await listUnitOrder(asReadonly(empty.db))).toEqual([])
  await empty.close()
})
