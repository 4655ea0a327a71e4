import type { RollupBasis, UnitQuarterRow } from '@zhidu/db'
import {
  METHOD_VERSION,
  type OutcomeCounts,
  type Quarter,
  quarterRange,
  type Regulation,
  SECOND_MS,
  type SteadySummary,
  type TalliedSummary,
} from '@zhidu/domain'

/** The last second of a quarter, epoch ms: the instant its end is looked at. */
export function quarterEndOf(quarter: Quarter): number {
  return quarterRange(quarter).to - SECOND_MS
}

function finiteOrNull(at: number): number | null {
  return Number.isFinite(at) ? at : null
}

export function toUnitQuarterRow(summary: SteadySummary, basis: RollupBasis, regulation: Regulation): UnitQuarterRow {
  const { checks, completeness, dimensions, filings, lost, timeliness } = summary
  return {
    unitCode: summary.unitCode,
    quarter: summary.quarter,
    basis,
    regulationId: regulation.id,
    regulationVersion: regulation.version,
    methodVersion: METHOD_VERSION,
    steadyFrom: finiteOrNull(summary.steadyFrom),
    steadyUntil: finiteOrNull(summary.steadyUntil),
    isMeasured: summary.isMeasured,
    onTimeCount: timeliness.onTime,
    lateCount: timeliness.late,
    missingCount: timeliness.missing,
    notYetDueCount: timeliness.notYetDue,
    elementPart: completeness.part,
    elementWhole: completeness.whole,
    checkPassed: checks.passed,
    checkTotal: checks.total,
    filingOnTimeCount: filings.onTime,
    filingLateCount: filings.late,
    filingMissingCount: filings.missing,
    filingNotYetDueCount: filings.notYetDue,
    lostTimeliness: lost.timeliness,
    lostCompleteness: lost.completeness,
    lostTruthfulness: lost.truthfulness,
    lostDiscipline: lost.discipline,
    lostFiling: lost.filing,
    deductionCount: summary.deductionCount,
    pointsTimeliness: dimensions.timeliness,
    pointsCompleteness: dimensions.completeness,
    pointsTruthfulness: dimensions.truthfulness,
    pointsDiscipline: dimensions.discipline,
    pointsFiling: dimensions.filing,
    workload: summary.workload,
    itemCount: summary.items?.count ?? null,
    itemPoints: summary.items?.points ?? null,
    bonus: summary.bonus,
    score: summary.score,
    grade: summary.grade,
    isCommendable: summary.isCommendable,
    flags: [...summary.flags],
    tally: summary.tally,
  }
}

function toOutcomeCounts(onTime: number, late: number, missing: number, notYetDue: number): OutcomeCounts {
  return { onTime, late, missing, notYetDue, owed: onTime + late + missing + notYetDue }
}

export function fromUnitQuarterRow(row: UnitQuarterRow): TalliedSummary {
  const lost = {
    timeliness: row.lostTimeliness,
    completeness: row.lostCompleteness,
    truthfulness: row.lostTruthfulness,
    discipline: row.lostDiscipline,
    filing: row.lostFiling,
  }
  const dimensions = {
    timeliness: row.pointsTimeliness,
    completeness: row.pointsCompleteness,
    truthfulness: row.pointsTruthfulness,
    discipline: row.pointsDiscipline,
    filing: row.pointsFiling,
  }
  const { itemCount: count, itemPoints: points } = row
  return {
    unitCode: row.unitCode,
    quarter: row.quarter,
    isMeasured: row.isMeasured,
    timeliness: toOutcomeCounts(row.onTimeCount, row.lateCount, row.missingCount, row.notYetDueCount),
    filings: toOutcomeCounts(
      row.filingOnTimeCount,
      row.filingLateCount,
      row.filingMissingCount,
      row.filingNotYetDueCount,
    ),
    completeness: { part: row.elementPart, whole: row.elementWhole },
    checks: { passed: row.checkPassed, total: row.checkTotal },
    lost,
    deductionCount: row.deductionCount,
    dimensions,
    workload: row.workload,
    items: count === null || points === null ? null : { count, points },
    bonus: row.bonus,
    score: row.score,
    grade: row.grade,
    isCommendable: row.isCommendable,
    flags: row.flags,
    tally: row.tally,
  }
}

/** True when the row was computed by these rules and this program, and holds at `asOf` (epoch ms). */
export function holdsAt(row: UnitQuarterRow, asOf: number, regulation: Regulation): boolean {
  return (
    row.regulationId === regulation.id &&
    row.regulationVersion === regulation.version &&
    row.methodVersion === METHOD_VERSION &&
    (row.steadyFrom === null || row.steadyFrom <= asOf) &&
    (row.steadyUntil === null || asOf < row.steadyUntil)
  )
}
