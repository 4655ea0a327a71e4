import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import {
  checkCodesOfFewQuery,
  checkCodesQuery,
  eventCodesOfFewQuery,
  eventCodesQuery,
  searchCodes,
} from './search-codes.ts'

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

test('codes that begin with what was typed, in order, no more than asked for', async () => {
  expect(eventCodesQuery(db, 'E', 10).compile().sql).toMatchInlineSnapshot(
    `"select "event_code" as "code", min(unit_code) as "unitCode" from "report" where "event_code" >= $1 and "event_code" < $2 and "replaced_at" is null group by "event_code" order by "event_code" limit $3"`,
  )
  expect(checkCodesQuery(db, 'C', 10).compile().sql).toMatchInlineSnapshot(
    `"select "check_code" as "code", "unit_code" as "unitCode" from "check_record" where "check_code" >= $1 and "check_code" < $2 and "replaced_at" is null order by "check_code" limit $3"`,
  )
  expect(await searchCodes(db, '', 10)).toEqual({ events: [], checks: [] })
  await rows.reports(
    { event_code: 'E_2' },
    { event_code: 'E_2', unit_code: 'U2' },
    { event_code: 'E%1' },
    { event_code: 'E\\3' },
    { event_code: 'old', ...rows.replaced },
    { event_code: 'xE' },
  )
  await rows.checks({ check_code: 'C2', unit_code: 'U2' }, { check_code: 'C1' }, { check_code: 'C3', ...rows.replaced })
  // As an import writes them.
  await rows.cases(
    { event_code: 'E_2' },
    { event_code: 'E_2', unit_code: 'U2' },
    { event_code: 'E%1' },
    { event_code: 'E\\3' },
    { event_code: 'xE' },
  )
  const units = ['U2', 'U1', 'U3']
  const events = async (prefix: string, limit = 10): Promise<string[]> => {
    const { events: found } = await searchCodes(db, prefix, limit)
    expect(await eventCodesOfFewQuery(db, prefix, units, limit).execute()).toEqual(found)
    return found.map((row) => row.code)
  }
  expect(await events('E')).toEqual(['E%1', 'E\\3', 'E_2'])
  expect(await events('E', 2)).toEqual(['E%1', 'E\\3'])
  expect(await events('E_')).toEqual(['E_2'])
  expect(await events('E%')).toEqual(['E%1'])
  expect(await events('E\\')).toEqual(['E\\3'])
  expect(await events('old')).toEqual([])
  const checks = [
    { code: 'C1', unitCode: 'U1' },
    { code: 'C2', unitCode: 'U2' },
  ]
  expect((await searchCodes(db, 'C', 10)).checks).toEqual(checks)
  expect(await checkCodesOfFewQuery(db, 'C', units, 10).execute()).toEqual(checks)
  expect(await checkCodesOfFewQuery(db, 'C', units, 1).execute()).toEqual(checks.slice(0, 1))
})
