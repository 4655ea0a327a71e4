import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type CaseCount, countCasesQuery } from './count-cases.ts'
import { listCases, listCountedCases } from './list-cases.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
  const rows = await makeFactRows(database.db)
  await rows.units('U1', 'U2')
  const before = instant(SOME_INSTANT - 1)
  const end = instant(SOME_INSTANT + 1_000)
  await rows.cases(
    { event_code: 'A' },
    { event_code: 'B', unit_code: 'U2' },
    { event_code: 'by occurrence, before', level: 'I', occurred_at: before },
    { event_code: 'by learning, within', level: 'IV', occurred_at: before },
    { event_code: 'by occurrence, within', level: 'I', learned_at: end },
    { event_code: 'by learning, after', level: 'IV', learned_at: end },
  )
})
afterAll(() => database.close())

const ALL: CaseCount = {
  unitCodes: ['U1', 'U2'],
  range: { from: SOME_INSTANT, to: SOME_INSTANT + 1_000 },
  level: null,
  codePart: null,
  levelsByOccurrence: ['I'],
  asOf: SOME_INSTANT + 1_000,
  limit: 100,
}

/** With a page of the same list, and through everything, which must give the same. */
async function count(of: Partial<CaseCount> = {}): Promise<number> {
  const asked = { ...ALL, ...of }
  const page = { filter: { ...asked, unitCodes: ALL.unitCodes }, after: null, limit: 3 }
  const { cases, counted: found } = await listCountedCases(db, page, asked)
  const { count: whole } = await countCasesQuery(db, asked).executeTakeFirstOrThrow()
  expect(Number(whole)).toBe(found)
  expect(cases).toEqual(await listCases(db, page.filter, null, 3))
  return found
}

test('counts by the clock of each level, what was known, of the units named, up to the limit', async () => {
  expect(await count()).toBe(4)
  expect(await count({ levelsByOccurrence: [] })).toBe(4)
  expect(await count({ levelsByOccurrence: [], level: 'I' })).toBe(1)
  expect(await count({ asOf: SOME_INSTANT })).toBe(3)
  expect(await count({ unitCodes: ['U2'] })).toBe(1)
  expect(await count({ unitCodes: [] })).toBe(0)
  expect(await count({ limit: 2 })).toBe(2)
})

test('the same of those with a part of the code', async () => {
  expect(await count({ codePart: 'within' })).toBe(2)
  expect(await count({ codePart: 'by' })).toBe(2)
  expect(await count({ codePart: 'by', levelsByOccurrence: [] })).toBe(2)
  expect(await count({ codePart: 'by', level: 'IV' })).toBe(1)
  expect(await count({ codePart: 'by', asOf: SOME_INSTANT })).toBe(1)
  expect(await count({ codePart: 'B', unitCodes: ['U2'] })).toBe(1)
  expect(await count({ codePart: 'B', unitCodes: ['U1'] })).toBe(0)
  expect(await count({ codePart: 'B', unitCodes: [] })).toBe(0)
  expect(await count({ codePart: 'none' })).toBe(0)
})

test('what was learned later does not hide what a unit had before', async () => {
  for (const limit of [1, 2, 3]) {
    const asked = { codePart: 'i', asOf: SOME_INSTANT, limit }
    expect(await count(asked)).toBe(1)
  }
  expect(await count({ codePart: 'by', limit: 1 })).toBe(1)
})
