import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { instant } from '../instant.ts'
import type { UnitQuarterTable } from '../schema.ts'
import type { UnitQuarterRow } from './list-unit-quarters.ts'

const ROWS_PER_STATEMENT = 500

function toInsert(row: UnitQuarterRow) {
  return {
    unit_code: row.unitCode,
    quarter: row.quarter,
    basis: row.basis,
    regulation_id: row.regulationId,
    regulation_version: row.regulationVersion,
    method_version: row.methodVersion,
    steady_from: instant(row.steadyFrom),
    steady_until: instant(row.steadyUntil),
    is_measured: row.isMeasured,
    on_time_count: row.onTimeCount,
    late_count: row.lateCount,
    missing_count: row.missingCount,
    not_yet_due_count: row.notYetDueCount,
    element_part: row.elementPart,
    element_whole: row.elementWhole,
    check_passed: row.checkPassed,
    check_total: row.checkTotal,
    filing_on_time_count: row.filingOnTimeCount,
    filing_late_count: row.filingLateCount,
    filing_missing_count: row.filingMissingCount,
    filing_not_yet_due_count: row.filingNotYetDueCount,
    lost_timeliness: row.lostTimeliness,
    lost_completeness: row.lostCompleteness,
    lost_truthfulness: row.lostTruthfulness,
    lost_discipline: row.lostDiscipline,
    lost_filing: row.lostFiling,
    deduction_count: row.deductionCount,
    points_timeliness: row.pointsTimeliness,
    points_completeness: row.pointsCompleteness,
    points_truthfulness: row.pointsTruthfulness,
    points_discipline: row.pointsDiscipline,
    points_filing: row.pointsFiling,
    workload: row.workload,
    item_count: row.itemCount,
    item_points: row.itemPoints,
    bonus: row.bonus,
    score: row.score,
    grade: row.grade,
    is_commendable: row.isCommendable,
    flags: row.flags,
    tally: JSON.stringify(row.tally),
  }
}

/** Writes rollup rows, replacing those of the same unit, quarter and basis. No key twice in one call. */
export async function putUnitQuarters(db: Db, rows: readonly UnitQuarterRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const values = rows.slice(start, start + ROWS_PER_STATEMENT).map(toInsert)
    const columns = Object.keys(values[0] ?? {}) as (keyof UnitQuarterTable)[]
    const replaced = columns.filter((column) => !['quarter', 'basis', 'unit_code'].includes(column))
    await db
      .insertInto('unit_quarter')
      .values(values)
      .onConflict((conflict) =>
        conflict
          .columns(['quarter', 'basis', 'unit_code'])
          .doUpdateSet(Object.fromEntries(replaced.map((column) => [column, sql.ref(`excluded.${column}`)]))),
      )
      .execute()
  }
}
