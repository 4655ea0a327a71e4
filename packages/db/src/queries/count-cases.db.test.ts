import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type CaseCount, countCasesQuery } from './count-cases.ts'
import { listCountedCases } from './list-cases.ts'

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

/** Unit by unit, and through everything, which must give the same. */
async function count(of: Partial<CaseCount> = {}): Promise<number> {
  const page = { filter: ALL, after: null, limit: 1 }
  const { counted: found } = await listCountedCases(db, page, { ...ALL, ...of })
  const { count: whole } = await countCasesQuery(db, { ...ALL, ...of }).executeTakeFirstOrThrow()
  expect(Number(whole)).toBe(found)
  return found
}

test('counts by the clock of each level, what was known, of the units named, up to the limit', async () => {
  expect(await count()).toBe(4)
  expect(await count({ levelsByOccurrence: [] })).toBe(4)
  expect(await count({ levelsByOccurrence: [], level: 'I' })).toBe(1)
  expect(await count({ asOf: SOME_INSTANT })).toBe(3)
  expect(await count({ unitCodes: ['U2'] })).toBe(1)
  expect(await count({ unitCodes: [] })).toBe(0)
  expect(await count({ codePart: 'within' })).toBe(2)
  expect(await count({ limit: 2 })).toBe(2)
})
