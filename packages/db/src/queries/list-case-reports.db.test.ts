import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant, toInstantText } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { withTransaction } from '../transaction/with-transaction.ts'
import { copyRows } from './copy-rows.ts'
import { caseReportsQuery, listCaseReports } from './list-case-reports.ts'

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

const RANGE = { from: SOME_INSTANT, to: SOME_INSTANT + 1_000 }

async function collect(unitCodes: readonly string[], range = RANGE): Promise<string[]> {
  const found: string[] = []
  for await (const page of listCaseReports(db, { unitCodes, range })) {
    expect(page.length).toBeGreaterThan(0)
    found.push(...page.map((row) => `${row.unitCode} ${row.eventCode} ${row.stage} ${row.sequence}`))
  }
  return found
}

test('the query of a page', () => {
  const page = { unitCodes: ['U1'], range: RANGE, after: { unitCode: 'U1', eventCode: 'E1' }, limit: 2_000 }
  expect(caseReportsQuery(db, page).compile().sql).toMatchInlineSnapshot(
    `"select "report"."event_code" as "eventCode", "report"."unit_code" as "unitCode", "report"."stage", "report"."sequence", "report"."category", "report"."level", "report"."occurred_at" as "occurredAt", "report"."learned_at" as "learnedAt", "report"."phoned_at" as "phonedAt", "report"."written_at" as "writtenAt", "report"."elements" from (select "unit_code", "event_code" from "event_case" where "unit_code" in ($1) and (("occurred_at" >= $2::timestamptz and "occurred_at" < $3::timestamptz) or ("learned_at" >= $4::timestamptz and "learned_at" < $5::timestamptz)) and ("unit_code", "event_code") > ($6, $7) order by "unit_code", "event_code" limit $8) as "page" inner join lateral (select "report".* from "report" where "report"."event_code" = "page"."event_code" and "report"."unit_code" = "page"."unit_code" and "report"."replaced_at" is null offset 0) as "report" on true order by "report"."unit_code", "report"."event_code", "report"."stage", "report"."sequence""`,
  )
})

test('all reports of events that occurred or were learned in the range, to the ms; replaced ones and others left out', async () => {
  expect(await collect(['U1'])).toEqual([])
  const before = instant(RANGE.from - 1)
  const after = instant(RANGE.to)
  await rows.cases(
    { event_code: 'learned', occurred_at: before },
    { event_code: 'occurred', learned_at: after },
    { event_code: 'earlier', occurred_at: before, learned_at: before },
    { event_code: 'later', occurred_at: after, learned_at: after },
    { event_code: 'around', occurred_at: before, learned_at: after },
    { event_code: 'last ms', occurred_at: instant(RANGE.to - 1), learned_at: after },
    { event_code: 'learned', unit_code: 'U2' },
  )
  for (const event_code of ['learned', 'occurred', 'earlier', 'later', 'around', 'last ms'])
    await rows.reports({ event_code })
  await rows.reports(
    { event_code: 'learned', unit_code: 'U2' },
    // A report of the event counts whatever its own times.
    { event_code: 'learned', stage: 'follow_up', sequence: 2, learned_at: after },
    { event_code: 'learned', stage: 'follow_up', sequence: 1 },
    { event_code: 'learned', stage: 'follow_up', sequence: 3, ...rows.replaced },
  )
  expect(await collect(['U1'])).toEqual([
    'U1 last ms first 0',
    'U1 learned first 0',
    'U1 learned follow_up 1',
    'U1 learned follow_up 2',
    'U1 occurred first 0',
  ])
  expect(await collect(['U2', 'U1', 'U3'])).toHaveLength(6)
  expect(await collect([])).toEqual([])
})

test('more events than a page holds come whole, each once', async () => {
  const from = Date.UTC(2027, 0, 1)
  const count = 4_000
  await withTransaction(database.db, async (trx) => {
    const at = toInstantText(from)
    const codes = Array.from({ length: count }, (_, index) => `P${String(index).padStart(5, '0')}`)
    const cases = {
      table: 'event_case',
      columns: ['unit_code', 'event_code', 'category', 'level', 'occurred_at', 'learned_at'],
    }
    await copyRows(
      trx,
      cases,
      codes.map((code) => ['U3', code, 'accident', 'IV', at, at]),
    )
    const columns = [...cases.columns, 'stage', 'sequence', 'elements', 'recorded_at', 'import_id']
    const { import_id: importId } = await trx.selectFrom('import_file').select('import_id').executeTakeFirstOrThrow()
    await copyRows(
      trx,
      { table: 'report', columns },
      codes.flatMap((code) => [
        ['U3', code, 'accident', 'IV', at, at, 'first', 0, 4_095, at, importId],
        ['U3', code, 'accident', 'IV', at, at, 'final', 0, 0, at, importId],
      ]),
    )
  })
  const found = await collect(['U3'], { from, to: from + 1 })
  expect(found).toHaveLength(2 * count)
  expect(new Set(found).size).toBe(2 * count)
})
