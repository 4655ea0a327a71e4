import { startOfLocalDay } from '../calendar/local-time.ts'
import type { MisreportFact, Tier } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { faultPoints, findDeductionRule } from '../regulation/deduction-rule.ts'
import type { Hundredths, Regulation } from '../regulation/regulation.ts'

/** When a misreport begins to count: 00:00 local time of the day it was confirmed. Epoch ms. */
export function misreportCountsAt(misreport: MisreportFact): number {
  return startOfLocalDay(misreport.confirmedOn)
}

/**
 * What a misreport costs; null when the rules put nothing on its kind. `tier`: of the unit that day. `itemPoints`: of the
 * event's item of information; null = it is no item. Card: docs/indicators/truthfulness.md
 */
export function misreportDeduction(
  misreport: MisreportFact,
  regulation: Regulation,
  tier: Tier,
  itemPoints: Hundredths | null = null,
): Deduction | null {
  const rule = findDeductionRule(regulation, misreport.kind, { tier, dutyMode: null })
  const points = faultPoints(rule, itemPoints)
  const zeroesMonth = rule?.shape.kind === 'zero_month'
  if (rule === undefined || (points === 0 && !zeroesMonth)) return null
  return {
    dimension: rule.dimension,
    code: misreport.kind,
    points,
    ref: misreport.misreportCode,
    at: misreportCountsAt(misreport),
    clause: rule.clause,
    zeroesMonth,
  }
}

/** True for a kind of misreport that replaces what the event it names would cost under timeliness and completeness. */
export function isAbsorbing(misreport: MisreportFact, regulation: Regulation): boolean {
  return regulation.absorbingMisreports.includes(misreport.kind)
}
