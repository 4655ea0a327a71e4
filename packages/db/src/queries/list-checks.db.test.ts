import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { type CheckFilter, checksOfFewQuery, checksQuery, listChecks, listCountedChecks } from './list-checks.ts'

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
const ALL: CheckFilter = { range: RANGE, unitCodes: [], method: null, finding: null, codePart: null }

const UNITS = ['U1', 'U2', 'U3']

/** Through everything and unit by unit, which must give the same; and as many as are counted. */
async function codes(filter: Partial<CheckFilter> = {}): Promise<string[]> {
  const asked = { ...ALL, ...filter }
  const ofFew = { ...asked, unitCodes: asked.unitCodes.length > 0 ? asked.unitCodes : UNITS }
  const found = await checksQuery(db, asked, null, 100).execute()
  expect(await listChecks(db, ofFew, null, 100)).toEqual(found)
  for (const filter of [asked, ofFew]) {
    const page = { filter, after: null, limit: 1 }
    expect(await listCountedChecks(db, page, 100)).toEqual({ checks: found.slice(0, 1), counted: found.length })
  }
  return found.map((check) => check.checkCode)
}

test('newest first, by range, unit, method, finding and part of the code', async () => {
  const filter: CheckFilter = { range: RANGE, unitCodes: ['U1'], method: 'phone', finding: 'absent', codePart: 'x' }
  expect(checksQuery(db, filter, { checkedAt: SOME_INSTANT, checkCode: 'C' }, 10).compile().sql).toMatchInlineSnapshot(
    `"select "check_code" as "checkCode", "check_record"."unit_code" as "unitCode", "method", "checked_at" as "checkedAt", "inspectors", "findings", "note" from "check_record" where "check_record"."replaced_at" is null and "checked_at" >= $1::timestamptz and "checked_at" < $2::timestamptz and "method" = $3 and $4 = any (findings) and strpos(check_code, $5) > 0 and (checked_at, check_code) < ($6::timestamptz, $7) and "unit_code" in ($8) order by "checked_at" desc, "check_code" desc limit $9"`,
  )
  expect(checksOfFewQuery(db, ALL, UNITS, null, 10).compile().sql).toMatchInlineSnapshot(
    `"select "checkCode", "unitCode", "method", "checkedAt", "inspectors", "findings", "note" from unnest($1::text[]) as of_unit(unit_code) inner join lateral (select "check_code" as "checkCode", "check_record"."unit_code" as "unitCode", "method", "checked_at" as "checkedAt", "inspectors", "findings", "note" from "check_record" where "check_record"."replaced_at" is null and "checked_at" >= $2::timestamptz and "checked_at" < $3::timestamptz and "check_record"."unit_code" = "of_unit"."unit_code" order by "checked_at" desc, "check_code" desc limit $4) as "found" on true order by "checkedAt" desc, "checkCode" desc limit $5 /* kept */"`,
  )
  expect(await codes()).toEqual([])
  await rows.checks(
    { check_code: 'C1', findings: ['absent', 'log_missing'], inspectors: ['甲', '乙'], note: '夜间' },
    { check_code: 'C2', method: 'video' },
    { check_code: 'C3', unit_code: 'U2', checked_at: instant(RANGE.to - 1) },
    { check_code: 'C4', checked_at: instant(RANGE.from - 1) },
    { check_code: 'C5', checked_at: instant(RANGE.to) },
    { check_code: 'C6', ...rows.replaced },
  )
  expect(await codes()).toEqual(['C3', 'C2', 'C1'])
  expect(await codes({ unitCodes: ['U2'] })).toEqual(['C3'])
  expect(await codes({ method: 'video' })).toEqual(['C2'])
  expect(await codes({ finding: 'log_missing' })).toEqual(['C1'])
  expect(await codes({ codePart: '1' })).toEqual(['C1'])
  const [second] = await listChecks(db, ALL, { checkedAt: RANGE.to - 1, checkCode: 'C3' }, 1)
  expect(second?.checkCode).toBe('C2')
  const ofFew = { ...ALL, unitCodes: UNITS }
  expect(await listChecks(db, ofFew, { checkedAt: RANGE.to - 1, checkCode: 'C3' }, 1)).toEqual([second])
  for (const filter of [ALL, ofFew]) {
    expect((await listCountedChecks(db, { filter, after: null, limit: 1 }, 2)).counted).toBe(2)
  }
})

test('a unit with very many checks is counted all the same', async () => {
  const many = Array.from({ length: 300 }, (_, n) => ({ check_code: `M${n}`, unit_code: 'U3' }))
  await rows.checks(...many)
  const page = { filter: { ...ALL, unitCodes: UNITS }, after: null, limit: 5 }
  const { checks, counted } = await listCountedChecks(db, page, 1_001)
  expect(counted).toBe(303)
  expect(checks).toEqual(await checksQuery(db, ALL, null, 5).execute())
  expect((await listCountedChecks(db, page, 100)).counted).toBe(100)
})
