import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type CaseFilter, casesOfFewQuery, casesQuery, listCases } from './list-cases.ts'

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
const ALL: CaseFilter = { unitCodes: [], range: RANGE, level: null, codePart: null }

const UNITS = ['U1', 'U2', 'U3']

/** Through everything and unit by unit, which must give the same. */
async function codes(filter: Partial<CaseFilter> = {}): Promise<string[]> {
  const asked = { ...ALL, ...filter }
  const found = await casesQuery(db, asked, null, 100).execute()
  const units = asked.unitCodes.length > 0 ? asked.unitCodes : UNITS
  expect(await casesOfFewQuery(db, asked, units, null, 100).execute()).toEqual(found)
  return found.map(({ unitCode, eventCode }) => `${unitCode} ${eventCode}`)
}

test('newest learned first, at equal times by codes; by range, unit, level and part of the code', async () => {
  const filter: CaseFilter = { unitCodes: ['U1'], range: RANGE, level: 'I', codePart: 'x' }
  const after = { learnedAt: SOME_INSTANT, eventCode: 'E', unitCode: 'U' }
  expect(casesQuery(db, filter, after, 10).compile().sql).toMatchInlineSnapshot(
    `"select "event_case"."unit_code" as "unitCode", "event_code" as "eventCode", "level", "occurred_at" as "occurredAt", "learned_at" as "learnedAt" from "event_case" where "learned_at" >= $1::timestamptz and case when learned_at < $2::timestamptz then true else occurred_at >= $3::timestamptz and occurred_at < $4::timestamptz end and "level" = $5 and strpos(event_code, $6) > 0 and (learned_at, event_code, event_case.unit_code) < ($7::timestamptz, $8, $9) and "unit_code" in ($10) order by "learned_at" desc, "event_code" desc, "event_case"."unit_code" desc limit $11"`,
  )
  expect(casesQuery(db, ALL, null, 10).compile().sql).toMatchInlineSnapshot(
    `"select "event_case"."unit_code" as "unitCode", "event_code" as "eventCode", "level", "occurred_at" as "occurredAt", "learned_at" as "learnedAt" from "event_case" where "learned_at" >= $1::timestamptz and case when learned_at < $2::timestamptz then true else occurred_at >= $3::timestamptz and occurred_at < $4::timestamptz end order by "learned_at" desc, "event_code" desc, "event_case"."unit_code" desc limit $5"`,
  )
  expect(casesOfFewQuery(db, ALL, UNITS, null, 10).compile().sql).toMatchInlineSnapshot(
    `"select "unitCode", "eventCode", "level", "occurredAt", "learnedAt" from unnest($1::text[]) as of_unit(unit_code) inner join lateral (select "event_case"."unit_code" as "unitCode", "event_code" as "eventCode", "level", "occurred_at" as "occurredAt", "learned_at" as "learnedAt" from "event_case" where "learned_at" >= $2::timestamptz and case when learned_at < $3::timestamptz then true else occurred_at >= $4::timestamptz and occurred_at < $5::timestamptz end and "event_case"."unit_code" = "of_unit"."unit_code" order by "learned_at" desc, "event_code" desc, "event_case"."unit_code" desc limit $6) as "found" on true order by "learnedAt" desc, "eventCode" desc, "unitCode" desc limit $7 /* kept */"`,
  )
  expect(await codes()).toEqual([])
  const before = instant(RANGE.from - 1)
  await rows.cases(
    { event_code: 'A_1' },
    { event_code: 'A%1', level: 'I' },
    { event_code: 'A%1', unit_code: 'U2' },
    { event_code: 'newest', learned_at: instant(RANGE.to - 1) },
    { event_code: 'occurred', learned_at: instant(RANGE.to) },
    { event_code: 'earlier', occurred_at: before, learned_at: before },
    { event_code: 'later', occurred_at: instant(RANGE.to), learned_at: instant(RANGE.to) },
  )
  expect(await codes()).toEqual(['U1 occurred', 'U1 newest', 'U1 A_1', 'U2 A%1', 'U1 A%1'])
  expect(await codes({ unitCodes: ['U2'] })).toEqual(['U2 A%1'])
  expect(await codes({ level: 'I' })).toEqual(['U1 A%1'])
  // What somebody types means itself.
  expect(await codes({ codePart: '%' })).toEqual(['U2 A%1', 'U1 A%1'])
  expect(await codes({ codePart: '_' })).toEqual(['U1 A_1'])
})

test.each([
  ['of everything', []],
  ['of few units', UNITS],
])('pages %s follow each other without a gap or a row twice', async (_, unitCodes) => {
  const filter = { ...ALL, unitCodes }
  const whole = await listCases(db, filter, null, 100)
  expect(whole.length).toBe(5)
  const paged: typeof whole = []
  for (;;) {
    const page = await listCases(db, filter, paged.at(-1) ?? null, 2)
    paged.push(...page)
    if (page.length < 2) break
  }
  expect(paged).toEqual(whole)
})
