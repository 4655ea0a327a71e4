import { cutToSecond } from '../calendar/local-time.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import type { ReportFact, UnitFacts } from '../facts/facts.ts'
import type { Ratio } from '../ratio/ratio.ts'
import type { HolidayBlock, Regulation } from '../regulation/regulation.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { toOpenSpans } from '../unit/membership.ts'
import type { Deduction, OutcomeCounts, TalliedSummary, UnitAssessment } from './assessment.ts'
import { compareCodePoints } from './code-point-order.ts'
import { computeEventEffect, type EventScope } from './event-effect.ts'
import { gradeOf } from './grade.ts'
import { toNoticeBook } from './notice-book.ts'
import {
  addToPeriod,
  emptyPeriods,
  mapDimensions,
  periodIndexOf,
  type PeriodSums,
  sumDimensions,
} from './period-sums.ts'
import { scorePeriods } from './score-periods.ts'
import { computeStandingEffect, type StandingEffect, type StandingFacts } from './standing-facts.ts'
import { intersectSteady, type Steady } from './steady.ts'
import { NO_CHANCES } from './tally.ts'
import { toUnitTally } from './unit-tally.ts'

export interface AssessmentContext {
  readonly quarter: Quarter
  /** Epoch ms; fractions of a second are cut. */
  readonly asOf: number
  readonly regulation: Regulation
  /** The blocks of every year whose notice is out. */
  readonly holidays: readonly HolidayBlock[]
}

/** The deductions of the events so far, newest first; null = none. */
interface DeductionChain {
  readonly deductions: readonly Deduction[]
  readonly before: DeductionChain | null
}

/** A unit's quarter while its events are still being added. A value: adding gives a new one. */
export interface AssessmentProgress {
  readonly unitCode: string
  readonly quarter: Quarter
  readonly scope: EventScope
  readonly standing: StandingEffect
  readonly keepsDeductions: boolean
  readonly timeliness: OutcomeCounts
  readonly completeness: Ratio
  readonly periods: readonly PeriodSums[]
  readonly eventDeductionCount: number
  readonly hasLevelChange: boolean
  readonly steady: Steady
  readonly chain: DeductionChain | null
}

/** A summary with the interval in which it holds; see `UnitAssessment`. */
export type SteadySummary = TalliedSummary & Pick<UnitAssessment, 'asOf' | 'steadyFrom' | 'steadyUntil'>

const NOTHING_OWED: OutcomeCounts = { onTime: 0, late: 0, missing: 0, notYetDue: 0, owed: 0 }

/**
 * Begins a unit's quarter with everything but its events. `keepsDeductions` false: only `finishSummary` can be asked
 * for, and memory does not grow with the events.
 * Throws RangeError for a fact of another unit.
 */
export function startAssessment(
  facts: StandingFacts,
  context: AssessmentContext,
  { keepsDeductions = true }: { readonly keepsDeductions?: boolean } = {},
): AssessmentProgress {
  const { unitCode } = facts
  requireOneUnit(facts)
  const asOf = cutToSecond(context.asOf)
  const { regulation, quarter } = context
  const { from, to } = quarterRange(quarter)
  const spans = toOpenSpans(facts.periods)
  const notices = toNoticeBook(facts)
  const standing = computeStandingEffect(facts, spans, notices, { ...context, asOf })
  let periods: readonly PeriodSums[] = emptyPeriods(regulation)
  for (const { belongsAt, deduction } of standing.charges) {
    const share = { deductions: [deduction], isWritten: false, itemPoints: null, chances: null }
    periods = addToPeriod(periods, periodIndexOf(belongsAt, periods), share)
  }
  for (const { belongsAt, chance } of standing.chances) {
    const share = { deductions: [], isWritten: false, itemPoints: null, chances: { ...NO_CHANCES, [chance]: 1 } }
    periods = addToPeriod(periods, periodIndexOf(belongsAt, periods), share)
  }
  return {
    unitCode,
    quarter,
    scope: { from, to, asOf, spans, regulation, notices, absorbed: standing.absorbed, waived: standing.waived },
    standing,
    keepsDeductions,
    timeliness: NOTHING_OWED,
    completeness: { part: 0, whole: 0 },
    periods,
    eventDeductionCount: 0,
    hasLevelChange: false,
    steady: standing.steady,
    chain: null,
  }
}

/** Adds one event: all its rows of this unit, at least one, any order. Each event once, in any order of events. */
export function addEvent(progress: AssessmentProgress, reports: readonly ReportFact[]): AssessmentProgress {
  for (const report of reports) requireUnit(report.unitCode, progress.unitCode)
  const effect = computeEventEffect(reports, progress.scope)
  const { deductions, outcome } = effect
  const steady = intersectSteady(progress.steady, effect.steady)
  if (outcome === null) return { ...progress, steady }
  const { periods, quarter } = progress
  return {
    unitCode: progress.unitCode,
    quarter,
    scope: progress.scope,
    standing: progress.standing,
    keepsDeductions: progress.keepsDeductions,
    timeliness: countOutcome(progress.timeliness, outcome),
    completeness: {
      part: progress.completeness.part + effect.part,
      whole: progress.completeness.whole + effect.whole,
    },
    periods: addToPeriod(periods, periodIndexOf(effect.clockAt, periods), effect),
    eventDeductionCount: progress.eventDeductionCount + deductions.length,
    hasLevelChange: progress.hasLevelChange || effect.levelChanged,
    steady,
    chain: progress.keepsDeductions && deductions.length > 0 ? { deductions, before: progress.chain } : progress.chain,
  }
}

/** Adds a page of whole events: rows in any order, but no event on two pages. */
export function addEvents(progress: AssessmentProgress, reports: readonly ReportFact[]): AssessmentProgress {
  let sum = progress
  for (const event of groupByEvent(reports).values()) sum = addEvent(sum, event)
  return sum
}

/** Rows of one unit by event code, in order of first appearance. */
export function groupByEvent(reports: readonly ReportFact[]): Map<string, ReportFact[]> {
  const events = new Map<string, ReportFact[]>()
  for (const report of reports) {
    const event = events.get(report.eventCode)
    if (event === undefined) events.set(report.eventCode, [report])
    else event.push(report)
  }
  return events
}

/** What the quarter comes to, without the list of deductions. */
export function finishSummary(progress: AssessmentProgress): SteadySummary {
  const { periods, quarter, scope, standing, timeliness, unitCode } = progress
  const { regulation } = scope
  const points = scorePeriods({ periods, bonuses: standing.bonuses, regulation })
  const lost = mapDimensions((dimension) => periods.reduce((sum, one) => sum + one.lost[dimension], 0))
  const hasItems = points.items !== null && (points.items.count > 0 || sumDimensions(lost) > 0)
  const isMeasured = points.items === null ? timeliness.owed > 0 || standing.checks.total > 0 : hasItems
  const { commendation, grades } = regulation
  const gradePoints = grades.by === 'with_bonus' ? points.score : points.scoreWithoutBonus
  const grade = isMeasured ? gradeOf(gradePoints, standing.vetoes, regulation) : null
  const isZeroed = periods.some((one) => one.isZeroed)
  return {
    unitCode,
    quarter,
    isMeasured,
    timeliness,
    filings: standing.filings.reduce(countOutcome, NOTHING_OWED),
    completeness: progress.completeness,
    checks: standing.checks,
    lost,
    deductionCount: progress.eventDeductionCount + standing.charges.length,
    dimensions: points.dimensions,
    workload: points.workload,
    bonus: points.bonus,
    items: points.items,
    score: isMeasured ? points.score : null,
    grade,
    isCommendable:
      grade !== null &&
      timeliness.owed >= commendation.minEventsOwed &&
      commendation.grades.includes(grade) &&
      !standing.vetoes.some(({ barsCommendation }) => barsCommendation),
    tally: toUnitTally(periods, points.bonusSum, regulation),
    flags: [
      ...(progress.hasLevelChange ? (['level_changed'] as const) : []),
      ...(isZeroed ? (['month_zeroed'] as const) : []),
      ...(standing.isUnderAppeal ? (['under_appeal'] as const) : []),
    ],
    asOf: scope.asOf,
    steadyFrom: progress.steady.from,
    steadyUntil: progress.steady.until,
  }
}

/** The deductions so far in no order. Throws RangeError when they were not kept. */
export function listDeductions(progress: AssessmentProgress): Deduction[] {
  if (!progress.keepsDeductions) throw new RangeError('the deductions were not kept')
  const deductions = progress.standing.charges.map(({ deduction }) => deduction)
  for (let link = progress.chain; link !== null; link = link.before) deductions.push(...link.deductions)
  return deductions
}

/** The summary with the deductions behind it. Throws RangeError when they were not kept. */
export function finishAssessment(progress: AssessmentProgress): UnitAssessment {
  const deductions = listDeductions(progress)
  return { ...finishSummary(progress), deductions: deductions.sort(compareDeductions) }
}

/**
 * A unit's quarter as of an instant. `facts` may hold more than the quarter; all rows of an event or none.
 * Throws RangeError for a fact of another unit.
 * Source: contract §5; cards: docs/indicators/
 */
export function assessUnit(facts: UnitFacts, context: AssessmentContext): UnitAssessment {
  return finishAssessment(addEvents(startAssessment(facts, context), facts.reports))
}

/** By dimension (its key, alphabetically), ref, code, at. Source: contract §5, the list of deductions. */
export function compareDeductions(a: Deduction, b: Deduction): number {
  return (
    compareCodePoints(a.dimension, b.dimension) ||
    compareCodePoints(a.ref, b.ref) ||
    compareCodePoints(a.code, b.code) ||
    a.at - b.at
  )
}

function requireOneUnit(facts: StandingFacts): void {
  const { adoptions, bonuses, checks, filings, misreports, periods, preReports, reopenings, unitCode } = facts
  const { logItems = [], waivers = [] } = facts
  const more = [preReports, adoptions, reopenings, waivers, logItems]
  for (const rows of [periods, checks, misreports, filings, bonuses, ...more]) {
    for (const row of rows) requireUnit(row.unitCode, unitCode)
  }
}

function requireUnit(unitCode: string, expected: string): void {
  if (unitCode !== expected) throw new RangeError(`a fact of ${unitCode} among those of ${expected}`)
}

function countOutcome(counts: OutcomeCounts, outcome: Outcome): OutcomeCounts {
  return {
    onTime: counts.onTime + Number(outcome === 'on_time'),
    late: counts.late + Number(outcome === 'late'),
    missing: counts.missing + Number(outcome === 'missing'),
    notYetDue: counts.notYetDue + Number(outcome === 'not_yet_due'),
    owed: counts.owed + 1,
  }
}
