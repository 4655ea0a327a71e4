import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { reportsOfCasesQuery } from './list-reports-of-cases.ts'
import { loadCaseFacts } from './load-case-facts.ts'

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

test('current reports of the pairs asked for and no others, by unit, event, stage and sequence', async () => {
  expect(reportsOfCasesQuery(db, []).compile().sql).toMatchInlineSnapshot(
    `"select "report"."event_code" as "eventCode", "report"."unit_code" as "unitCode", "report"."stage", "report"."sequence", "report"."category", "report"."level", "report"."occurred_at" as "occurredAt", "report"."learned_at" as "learnedAt", "report"."phoned_at" as "phonedAt", "report"."written_at" as "writtenAt", "report"."elements" from unnest($1::text[], $2::text[]) as wanted(event_code, unit_code) inner join "report" on "report"."event_code" = "wanted"."event_code" and "report"."unit_code" = "wanted"."unit_code" and "report"."replaced_at" is null order by "report"."unit_code", "report"."event_code", "report"."stage", "report"."sequence" /* kept */"`,
  )
  await rows.reports(
    { unit_code: 'U2', event_code: 'E1' },
    { unit_code: 'U1', event_code: 'E1' },
    { unit_code: 'U1', event_code: 'E2', elements: 4_095, written_at: instant(SOME_INSTANT) },
    { unit_code: 'U1', event_code: 'E2', stage: 'final', ...rows.replaced },
    { unit_code: 'U2', event_code: 'E2' },
  )
  const { reports: found } = await loadCaseFacts(db, [
    { unitCode: 'U2', eventCode: 'E1' },
    { unitCode: 'U1', eventCode: 'E2' },
    { unitCode: 'U3', eventCode: 'E9' },
  ])
  expect(found).toEqual([
    {
      unitCode: 'U1',
      eventCode: 'E2',
      stage: 'first',
      sequence: 0,
      category: 'accident',
      level: 'IV',
      occurredAt: SOME_INSTANT,
      learnedAt: SOME_INSTANT,
      phonedAt: null,
      writtenAt: SOME_INSTANT,
      elements: 4_095,
    },
    expect.objectContaining({ unitCode: 'U2', eventCode: 'E1' }),
  ])
  expect((await loadCaseFacts(db, [])).reports).toEqual([])
})
