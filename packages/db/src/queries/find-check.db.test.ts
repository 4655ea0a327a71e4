import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { findCheck } from './find-check.ts'

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

test('the current version of a check, or nothing', async () => {
  await rows.checks(
    { findings: ['absent'], ...rows.replaced },
    { findings: ['no_answer', 'absent'], inspectors: ['甲'], note: '夜间' },
    { check_code: 'C2', ...rows.replaced },
  )
  expect(await findCheck(db, 'C1')).toEqual({
    checkCode: 'C1',
    unitCode: 'U1',
    method: 'phone',
    checkedAt: SOME_INSTANT,
    inspectors: ['甲'],
    findings: ['no_answer', 'absent'],
    note: '夜间',
  })
  expect(await findCheck(db, 'C2')).toBeUndefined()
})
