import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { type FactRows, makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { eventReportsQuery, listEventReports } from './list-event-reports.ts'

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

test('current reports of one event by every unit, in official order', async () => {
  expect(eventReportsQuery(db, 'E1').compile().sql).toMatchInlineSnapshot(
    `"select "report"."event_code" as "eventCode", "report"."unit_code" as "unitCode", "report"."stage", "report"."sequence", "report"."category", "report"."level", "report"."occurred_at" as "occurredAt", "report"."learned_at" as "learnedAt", "report"."phoned_at" as "phonedAt", "report"."written_at" as "writtenAt", "report"."elements" from "report" inner join "unit" on "unit"."unit_code" = "report"."unit_code" where "report"."event_code" = $1 and "report"."replaced_at" is null order by "unit"."position", "report"."stage", "report"."sequence""`,
  )
  await rows.reports(
    { unit_code: 'U1', stage: 'follow_up', sequence: 2 },
    { unit_code: 'U1', stage: 'follow_up', sequence: 1 },
    { unit_code: 'U1' },
    { unit_code: 'U2' },
    { unit_code: 'U2', stage: 'final', ...rows.replaced },
    { unit_code: 'U1', event_code: 'E2' },
  )
  const found = await listEventReports(db, 'E1')
  expect(found.map(({ unitCode, stage, sequence }) => `${unitCode} ${stage} ${sequence}`)).toEqual([
    'U2 first 0',
    'U1 first 0',
    'U1 follow_up 1',
    'U1 follow_up 2',
  ])
  expect(await listEventReports(db, 'E')).toEqual([])
})
