import { toQuarter } from '@zhidu/domain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asReadonly, type ReadonlyDb } from '../db.ts'
import { makeFactRows } from '../testing/fact-rows.ts'
import { createTestDatabase, type TestDatabase } from '../testing/index.ts'
import { rollupRow } from '../testing/rollup-row.ts'
import { listUnitQuarters, unitQuartersQuery } from './list-unit-quarters.ts'
import { putUnitQuarters } from './put-unit-quarters.ts'

let database: TestDatabase
let db: ReadonlyDb
beforeAll(async () => {
  database = await createTestDatabase()
  db = asReadonly(database.db)
  const rows = await makeFactRows(database.db)
  await rows.units('U2', 'U1')
})
afterAll(() => database.close())

test('what was put comes back whole, by quarter, basis and unit; putting again replaces', async () => {
  expect(unitQuartersQuery(db, [toQuarter('2026Q3')]).compile().sql).toMatchInlineSnapshot(
    `"select "unit_code" as "unitCode", "quarter", "basis", "regulation_id" as "regulationId", "regulation_version" as "regulationVersion", "method_version" as "methodVersion", "steady_from" as "steadyFrom", "steady_until" as "steadyUntil", "is_measured" as "isMeasured", "on_time_count" as "onTimeCount", "late_count" as "lateCount", "missing_count" as "missingCount", "not_yet_due_count" as "notYetDueCount", "element_part" as "elementPart", "element_whole" as "elementWhole", "check_passed" as "checkPassed", "check_total" as "checkTotal", "filing_on_time_count" as "filingOnTimeCount", "filing_late_count" as "filingLateCount", "filing_missing_count" as "filingMissingCount", "filing_not_yet_due_count" as "filingNotYetDueCount", "lost_timeliness" as "lostTimeliness", "lost_completeness" as "lostCompleteness", "lost_truthfulness" as "lostTruthfulness", "lost_discipline" as "lostDiscipline", "lost_filing" as "lostFiling", "deduction_count" as "deductionCount", "points_timeliness" as "pointsTimeliness", "points_completeness" as "pointsCompleteness", "points_truthfulness" as "pointsTruthfulness", "points_discipline" as "pointsDiscipline", "points_filing" as "pointsFiling", "workload", "item_count" as "itemCount", "item_points" as "itemPoints", "bonus", "score", "grade", "is_commendable" as "isCommendable", "flags", "tally" from "unit_quarter" where "quarter" in ($1) order by "quarter", "basis", "unit_code""`,
  )
  const quarters = [toQuarter('2026Q3'), toQuarter('2026Q2')]
  expect(await listUnitQuarters(db, quarters)).toEqual([])
  const full = rollupRow({
    steadyFrom: 1_000,
    steadyUntil: Date.UTC(2026, 8, 30),
    isMeasured: true,
    onTimeCount: 1,
    lateCount: 2,
    missingCount: 3,
    notYetDueCount: 4,
    elementPart: 5,
    elementWhole: 12,
    checkPassed: 6,
    checkTotal: 7,
    filingOnTimeCount: 8,
    filingLateCount: 9,
    filingMissingCount: 10,
    filingNotYetDueCount: 11,
    lostTimeliness: 9_007_199_254_740_991,
    lostCompleteness: 100,
    lostTruthfulness: 200,
    lostDiscipline: 300,
    lostFiling: 50,
    deductionCount: 12,
    pointsTimeliness: 1,
    pointsCompleteness: 1900,
    pointsTruthfulness: 1800,
    pointsDiscipline: 1700,
    pointsFiling: 950,
    workload: 400,
    itemCount: 3,
    itemPoints: 1_500,
    bonus: 500,
    score: 9_750,
    grade: 'excellent',
    isCommendable: true,
    flags: ['level_changed'],
  })
  const others = [
    rollupRow({ unitCode: 'U2' }),
    rollupRow({ basis: 'quarter_end' }),
    rollupRow({ quarter: '2026Q2' }),
    rollupRow({ quarter: '2026Q4' }),
  ]
  await putUnitQuarters(database.db, [...others, full])
  expect(await listUnitQuarters(db, quarters)).toEqual([others[2], full, others[0], others[1]])
  expect(await listUnitQuarters(db, [])).toEqual([])
  await putUnitQuarters(database.db, [rollupRow({ quarter: '2026Q2', isMeasured: true, score: 0 })])
  expect(await listUnitQuarters(db, [toQuarter('2026Q2')])).toMatchObject([{ isMeasured: true, score: 0 }])
  await putUnitQuarters(database.db, [])
})

test('a score without a measurement, and a measurement without a score, are refused', async () => {
  const refused = { code: '23514' }
  await expect(putUnitQuarters(database.db, [rollupRow({ score: 1 })])).rejects.toMatchObject(refused)
  await expect(putUnitQuarters(database.db, [rollupRow({ isMeasured: true })])).rejects.toMatchObject(refused)
})
