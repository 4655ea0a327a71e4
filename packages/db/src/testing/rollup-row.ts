import { type Quarter, toQuarter } from '@zhidu/domain'
import type { UnitQuarterRow } from '../queries/list-unit-quarters.ts'

/** A rollup row of a unit that owed nothing, with what the test names. */
export function rollupRow(row: Partial<Omit<UnitQuarterRow, 'quarter'>> & { quarter?: string }): UnitQuarterRow {
  const quarter: Quarter = toQuarter(row.quarter ?? '2026Q3')
  return {
    unitCode: 'U1',
    basis: 'latest',
    regulationId: 'sample',
    regulationVersion: '1',
    methodVersion: '1.0',
    steadyFrom: null,
    steadyUntil: null,
    isMeasured: false,
    onTimeCount: 0,
    lateCount: 0,
    missingCount: 0,
    notYetDueCount: 0,
    elementPart: 0,
    elementWhole: 0,
    checkPassed: 0,
    checkTotal: 0,
    filingOnTimeCount: 0,
    filingLateCount: 0,
    filingMissingCount: 0,
    filingNotYetDueCount: 0,
    lostTimeliness: 0,
    lostCompleteness: 0,
    lostTruthfulness: 0,
    lostDiscipline: 0,
    lostFiling: 0,
    deductionCount: 0,
    bonus: 0,
    score: null,
    grade: null,
    isCommendable: false,
    flags: [],
    ...row,
    quarter,
  }
}
