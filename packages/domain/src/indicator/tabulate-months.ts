import { startOfLocalDay } from '../calendar/local-time.ts'
import { monthOfQuarter, MONTHS_PER_QUARTER } from '../calendar/quarter.ts'
import type { UnitFacts } from '../facts/facts.ts'
import { judgeFilings } from '../filing/judge-filings.ts'
import { type AssessmentContext, groupByEvent, startAssessment } from '../league/assess-unit.ts'
import { computeEventEffect } from '../league/event-effect.ts'
import { addRatios, type Ratio } from '../ratio/ratio.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { type Indicator, type IndicatorRatios, INDICATORS, NO_RATIOS } from './indicator.ts'

type Sums = Record<Indicator, Ratio>

function toRatio(outcome: Outcome): Ratio {
  return { part: Number(outcome === 'on_time'), whole: Number(outcome !== 'not_yet_due') }
}

/**
 * The three months of a unit's quarter, in order: each event in the month its clock starts, each check in that of its moment, each form in
 * that of its due day. Month by month they sum to what `assessUnit` counts for the quarter as of the same instant.
 * `facts` may hold more than the quarter; all rows of an event or none. Throws RangeError for a fact of another unit.
 */
export function tabulateMonths(facts: UnitFacts, context: AssessmentContext): IndicatorRatios[] {
  const { holidays, quarter, regulation } = context
  const months = Array.from({ length: MONTHS_PER_QUARTER }, (): Sums => ({ ...NO_RATIOS }))
  const add = (month: number, indicator: Indicator, ratio: Ratio): void => {
    for (const [index, sums] of months.entries()) {
      if (index === month) sums[indicator] = addRatios(sums[indicator], ratio)
    }
  }
  const { scope } = startAssessment({ ...facts, checks: [] }, context, { keepsDeductions: false })
  for (const event of groupByEvent(facts.reports).values()) {
    const { clockAt, outcome, part, whole } = computeEventEffect(event, scope)
    if (outcome === null) continue
    add(monthOfQuarter(clockAt), 'timeliness', toRatio(outcome))
    add(monthOfQuarter(clockAt), 'completeness', { part, whole })
  }
  const checksOf = Map.groupBy(facts.checks, ({ checkedAt }) => monthOfQuarter(checkedAt))
  for (const [month, checks] of checksOf) {
    const { standing } = startAssessment({ ...facts, checks }, context, { keepsDeductions: false })
    add(month, 'checks', { part: standing.checks.passed, whole: standing.checks.total })
  }
  for (const { dueOn, outcome } of judgeFilings({ ...facts, asOf: scope.asOf, holidays, quarter, regulation })) {
    add(monthOfQuarter(startOfLocalDay(dueOn)), 'filings', toRatio(outcome))
  }
  return months
}

/** Several units' shares as one's. */
export function addIndicatorRatios(a: IndicatorRatios, b: IndicatorRatios): IndicatorRatios {
  const sums = { ...a }
  for (const indicator of INDICATORS) sums[indicator] = addRatios(a[indicator], b[indicator])
  return sums
}
