import { toPlainDate } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly } from '../db.ts'
import { instant } from '../instant.ts'
import { type FactRows, makeFactRows, SOME_INSTANT } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { listUnitsWithFacts } from './list-units-with-facts.ts'

const RANGE = { from: SOME_INSTANT, to: SOME_INSTANT + 1_000 }
const SCOPE = {
  range: RANGE,
  levelsByOccurrence: ['I', 'II'] as const,
  firstOn: toPlainDate('2026-07-03'),
  lastOn: toPlainDate('2026-07-04'),
  holidays: [{ year: 2026, name: '中秋节' }],
}
const KINDS = ['occurred', 'learned', 'checked', 'misreport', 'bonus', 'filing']
const OUTSIDE = ['nothing', 'late', 'replaced', 'other_date', 'other_holiday', 'other_clock']

let database: TestDatabase
let rows: FactRows
beforeAll(async () => {
  database = await createTestDatabase()
  rows = await makeFactRows(database.db)
  await rows.units(...KINDS, ...OUTSIDE)
})
afterAll(() => database.close())

test('units with any current fact in the period, its ends to the ms; what lies outside or was replaced is no fact of it', async () => {
  await rows.cases(
    { unit_code: 'occurred', level: 'II', occurred_at: instant(RANGE.to - 1), learned_at: instant(RANGE.to) },
    { unit_code: 'learned', occurred_at: instant(RANGE.from - 1), learned_at: instant(RANGE.from) },
    { unit_code: 'other_clock', event_code: 'E2', occurred_at: instant(RANGE.from), learned_at: instant(RANGE.to) },
    { unit_code: 'other_clock', level: 'I', occurred_at: instant(RANGE.from - 1), learned_at: instant(RANGE.from) },
    { unit_code: 'late', occurred_at: instant(RANGE.to), learned_at: instant(RANGE.to) },
  )
  await rows.checks(
    { check_code: 'C1', unit_code: 'checked' },
    { check_code: 'C2', unit_code: 'late', checked_at: instant(RANGE.to) },
    { check_code: 'C3', unit_code: 'replaced', ...rows.replaced },
  )
  await rows.misreports(
    { misreport_code: 'M1', unit_code: 'misreport', confirmed_on: '2026-07-04' },
    { misreport_code: 'M2', unit_code: 'other_date', confirmed_on: '2026-07-05' },
    { misreport_code: 'M4', unit_code: 'other_date', confirmed_on: '2026-07-02' },
    { misreport_code: 'M3', unit_code: 'replaced', ...rows.replaced },
  )
  await rows.bonuses(
    { bonus_code: 'B1', unit_code: 'bonus', awarded_on: '2026-07-03' },
    { bonus_code: 'B2', unit_code: 'other_date', awarded_on: '2026-07-02' },
    { bonus_code: 'B4', unit_code: 'other_date', awarded_on: '2026-07-05' },
    { bonus_code: 'B3', unit_code: 'replaced', ...rows.replaced },
  )
  await rows.filings(
    { unit_code: 'filing' },
    { unit_code: 'other_holiday', holiday_year: 2027 },
    { unit_code: 'other_holiday', holiday_name: '国庆节' },
    { unit_code: 'replaced', ...rows.replaced },
  )
  const db = asReadonly(database.db)
  const unitCodes = [...OUTSIDE, ...KINDS]
  expect(await listUnitsWithFacts(db, { ...SCOPE, unitCodes })).toEqual([...KINDS].sort())
  expect(await listUnitsWithFacts(db, { ...SCOPE, unitCodes, holidays: [] })).not.toContain('filing')
  expect(await listUnitsWithFacts(db, { ...SCOPE, unitCodes: ['late', 'bonus', 'unknown'] })).toEqual(['bonus'])
  expect(await listUnitsWithFacts(db, { ...SCOPE, unitCodes: [] })).toEqual([])
})
