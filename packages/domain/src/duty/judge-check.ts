import { type Quarter, quarterOf } from '../calendar/quarter.ts'
import { type CheckFact, type Finding, FINDINGS, type UnitPeriod } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { faultPoints, findDeductionRule } from '../regulation/deduction-rule.ts'
import type { Hundredths, Regulation } from '../regulation/regulation.ts'
import { toOpenSpans, unitPeriodAt } from '../unit/membership.ts'

/** How a check was judged. */
export interface CheckJudgement {
  readonly quarter: Quarter
  /** False when the unit was closed that day: the check stays on record and counts nothing. */
  readonly counts: boolean
  /** No finding brings a deduction; for a check that does not count: it has no finding. */
  readonly isPassed: boolean
  /** Each finding once, in the order of `FINDINGS`, with the points it costs here; 0 = none. */
  readonly findings: readonly { readonly finding: Finding; readonly points: Hundredths }[]
  readonly deductions: readonly Deduction[]
}

/**
 * Judges one check by the unit's duty mode on the local day it was made. Whether it is known yet is the caller's question.
 * Source: contract §5, deductions D, membership; card: docs/indicators/duty-discipline.md
 */
export function judgeCheck(
  check: CheckFact,
  context: { readonly periods: readonly UnitPeriod[]; readonly regulation: Regulation },
): CheckJudgement {
  const period = unitPeriodAt(toOpenSpans(context.periods), check.checkedAt)
  return { quarter: quarterOf(check.checkedAt), ...judgeFindings(check, period, context.regulation) }
}

/** `period`: the unit's row on the day of the check; null = closed. */
export function judgeFindings(
  check: CheckFact,
  period: UnitPeriod | null,
  regulation: Regulation,
): Omit<CheckJudgement, 'quarter'> {
  const deductions: Deduction[] = []
  const findings = FINDINGS.filter((finding) => check.findings.includes(finding)).map((finding) => {
    const rule = period === null ? undefined : findDeductionRule(regulation, finding, period)
    const points = faultPoints(rule)
    const zeroesMonth = rule?.shape.kind === 'zero_month'
    if (rule !== undefined && (points > 0 || zeroesMonth)) {
      const { clause, dimension } = rule
      deductions.push({
        dimension,
        code: finding,
        points,
        ref: check.checkCode,
        at: check.checkedAt,
        clause,
        zeroesMonth,
      })
    }
    return { finding, points }
  })
  if (period === null) return { counts: false, isPassed: findings.length === 0, findings, deductions }
  return { counts: true, isPassed: deductions.length === 0, findings, deductions }
}
