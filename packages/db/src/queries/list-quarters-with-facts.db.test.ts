import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { rollupRow } from '../testing/rollup-row.ts'
import { listQuartersWithFacts } from './list-quarters-with-facts.ts'
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

test('each quarter once, newest first; none at first', async () => {
  expect(await listQuartersWithFacts(db)).toEqual([])
  const keys = ['2025Q4', '2026Q3', '2026Q1'].flatMap((quarter) =>
    ['U1', 'U2'].map((unitCode) => rollupRow({ quarter, unitCode })),
  )
  await putUnitQuarters(database.db, [...keys, rollupRow({ quarter: '2026Q1', basis: 'quarter_end' })])
  expect(await listQuartersWithFacts(db)).toEqual(['2026Q3', '2026Q1', '2025Q4'])
})
