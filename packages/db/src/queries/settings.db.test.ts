import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { findSetting, putSetting } from './settings.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
})
afterAll(() => database.close())

test('anything JSON can say comes back, and what was never set is undefined', async () => {
  expect(await findSetting(db, 'synthetic')).toBeUndefined()
  for (const value of [true, false, 0, '值', null, [1, 'two'], { seed: 7, nested: { empty: [] } }]) {
    await putSetting(database.db, 'synthetic', value)
    expect(await findSetting(db, 'synthetic')).toEqual(value)
  }
  expect(await findSetting(db, 'other')).toBeUndefined()
})
