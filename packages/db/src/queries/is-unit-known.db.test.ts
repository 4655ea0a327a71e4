import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { isUnitKnown } from './is-unit-known.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  const rows = await makeFactRows(database.db)
  await rows.units('T', 'U1')
  await rows.periods({ unit_code: 'T' }, { unit_code: 'U1', parent_code: 'T', valid_to: '2020-01-01' })
})
afterAll(() => database.close())

it('knows every unit, closed ones too, by the log-in of comparison, and no other code', async () => {
  const known = (code: string): Promise<boolean> => isUnitKnown(database.report, code)
  expect(await Promise.all(['T', 'U1', 'X', ''].map(known))).toEqual([true, true, false, false])
  expect(database.sqlErrors()).toEqual([])
})

it('is how the log of PostgreSQL is read: a wrong statement is there, with what was asked', async () => {
  await expect(database.pool.query('select nothing from unit_closure')).rejects.toThrow('nothing')
  await expect
    .poll(() => database.sqlErrors())
    .toEqual([expect.stringMatching(/^column "nothing" does not exist.* ← select nothing from unit_closure$/)])
})
