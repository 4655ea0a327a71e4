import { startOfLocalDay } from '../calendar/local-time.ts'
import type { MisreportFact, Tier } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { roundHalfUp } from '../ratio/round.ts'
import { faultPoints, findDeductionRule } from '../regulation/deduction-rule.ts'
import type { Hundredths, Regulation } from '../regulation/regulation.ts'

const WHOLE_SHARE = 100

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
  const share = misreport.sharePercent ?? WHOLE_SHARE
  const points = roundHalfUp((faultPoints(rule, itemPoints) * share) / WHOLE_SHARE)
  // A month is zeroed or it is not: only a correction that takes everything off leaves it.
  const zeroesMonth = rule?.shape.kind === 'zero_month' && share > 0
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

/**
 * True for a kind of misreport that replaces what the event it names would cost under timeliness and completeness. One that costs
 * nothing after an honest correction replaces nothing.
 */
export function isAbsorbing(misreport: MisreportFact, regulation: Regulation): boolean {
  return misreport.sharePercent !== 0 && regulation.absorbingMisreports.includes(misreport.kind)
}
