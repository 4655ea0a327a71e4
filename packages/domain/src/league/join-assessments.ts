import type { AssessmentProgress } from './assess-unit.ts'
import type { OutcomeCounts } from './assessment.ts'
import { vetoesOf } from './grade.ts'
import { mapDimensions, type PeriodSums } from './period-sums.ts'
import type { StandingEffect } from './standing-facts.ts'
import { intersectSteady } from './steady.ts'
import { addChances } from './tally.ts'
import { joinFaults } from './tally-faults.ts'

function joinCounts(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return {
    onTime: a.onTime + b.onTime,
    late: a.late + b.late,
    missing: a.missing + b.missing,
    notYetDue: a.notYetDue + b.notYetDue,
    owed: a.owed + b.owed,
  }
}

function joinPeriods(a: PeriodSums, b: PeriodSums): PeriodSums {
  return {
    lost: mapDimensions((dimension) => a.lost[dimension] + b.lost[dimension]),
    isZeroed: a.isZeroed || b.isZeroed,
    writtenCount: a.writtenCount + b.writtenCount,
    itemCount: a.itemCount + b.itemCount,
    itemPoints: a.itemPoints + b.itemPoints,
    chances: addChances(a.chances, b.chances),
    faults: joinFaults(a.faults, b.faults),
  }
}

function joinStanding(a: StandingEffect, b: StandingEffect): StandingEffect {
  return {
    checks: { passed: a.checks.passed + b.checks.passed, total: a.checks.total + b.checks.total },
    filings: [...a.filings, ...b.filings],
    bonuses: [...a.bonuses, ...b.bonuses],
    misreports: [...a.misreports, ...b.misreports],
    vetoes: a.vetoes,
    absorbed: a.absorbed,
    waived: a.waived,
    isUnderAppeal: a.isUnderAppeal || b.isUnderAppeal,
    charges: [...a.charges, ...b.charges],
    chances: [...a.chances, ...b.chances],
    steady: intersectSteady(a.steady, b.steady),
  }
}

function joinTwo(a: AssessmentProgress, b: AssessmentProgress): AssessmentProgress {
  if (a.quarter !== b.quarter || a.scope.asOf !== b.scope.asOf || a.scope.regulation !== b.scope.regulation) {
    throw new RangeError('assessments of different quarters, instants or rules')
  }
  let { chain } = a
  for (let link = b.chain; link !== null; link = link.before) chain = { deductions: link.deductions, before: chain }
  return {
    ...a,
    standing: joinStanding(a.standing, b.standing),
    keepsDeductions: a.keepsDeductions && b.keepsDeductions,
    timeliness: joinCounts(a.timeliness, b.timeliness),
    completeness: {
      part: a.completeness.part + b.completeness.part,
      whole: a.completeness.whole + b.completeness.whole,
    },
    // As many of either: both are of one quarter under one method.
    periods: a.periods.flatMap((sums, index) =>
      b.periods.slice(index, index + 1).map((others) => joinPeriods(sums, others)),
    ),
    eventDeductionCount: a.eventDeductionCount + b.eventDeductionCount,
    hasLevelChange: a.hasLevelChange || b.hasLevelChange,
    steady: intersectSteady(a.steady, b.steady),
    chain,
  }
}

/**
 * What several units' quarters come to for the unit that bears them: every fact judged in its own unit, under that unit's
 * periods; counts, lost points, items and bonuses added up; floors, caps, vetoes, score and grade by the rules from the sums.
 * Order does not matter. Throws RangeError for none, or when quarter, instant or rules differ.
 */
export function joinAssessments(unitCode: string, parts: readonly AssessmentProgress[]): AssessmentProgress {
  const [first, ...others] = parts
  if (first === undefined) throw new RangeError(`nothing to join for ${unitCode}`)
  const joined = others.reduce(joinTwo, first)
  const { regulation } = first.scope
  const standing = { ...joined.standing, vetoes: vetoesOf(joined.standing.misreports, regulation) }
  return { ...joined, unitCode, standing }
}
