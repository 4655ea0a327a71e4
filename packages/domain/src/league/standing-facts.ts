import { startOfLocalDay } from '../calendar/local-time.ts'
import type { PlainDate } from '../calendar/plain-date.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import { judgeFindings } from '../duty/judge-check.ts'
import type { BonusFact, UnitFacts } from '../facts/facts.ts'
import { judgeFiling, listOwedFilings } from '../filing/judge-filings.ts'
import type { HolidayBlock, Hundredths, Regulation } from '../regulation/regulation.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { isAbsorbing, misreportCountsAt, misreportDeduction } from '../truthfulness/misreports.ts'
import { type OpenSpan, unitPeriodAt } from '../unit/membership.ts'
import type { Deduction } from './assessment.ts'
import { ALWAYS_STEADY, changesAt, type Steady } from './steady.ts'

/** The facts of a unit other than its events. */
export type StandingFacts = Omit<UnitFacts, 'reports'>

export interface StandingContext {
  readonly quarter: Quarter
  /** Whole seconds. */
  readonly asOf: number
  readonly regulation: Regulation
  readonly holidays: readonly HolidayBlock[]
}

/** What everything but the events adds to a unit's quarter. */
export interface StandingEffect {
  readonly checks: { readonly passed: number; readonly total: number }
  readonly filings: readonly Outcome[]
  readonly bonus: Hundredths
  readonly hasVeto: boolean
  readonly absorbed: ReadonlySet<string>
  readonly deductions: readonly Deduction[]
  readonly steady: Steady
}

/** `spans`: the unit's history in instants. */
export function computeStandingEffect(
  facts: StandingFacts,
  spans: readonly OpenSpan[],
  context: StandingContext,
): StandingEffect {
  const { asOf, quarter, regulation } = context
  const { firstOn, from, lastOn, to } = quarterRange(quarter)
  const isInQuarter = (date: PlainDate): boolean => firstOn <= date && date <= lastOn
  let steady = ALWAYS_STEADY
  const isKnown = (at: number): boolean => {
    steady = changesAt(steady, asOf, at)
    return at <= asOf
  }

  const misreports = facts.misreports.filter((row) => isInQuarter(row.confirmedOn) && isKnown(misreportCountsAt(row)))
  const bonuses = facts.bonuses.filter((row) => isInQuarter(row.awardedOn) && isKnown(startOfLocalDay(row.awardedOn)))
  const checks = facts.checks
    .filter(({ checkedAt }) => from <= checkedAt && checkedAt < to && unitPeriodAt(spans, checkedAt) !== null)
    .filter(({ checkedAt }) => isKnown(checkedAt))
    .map((check) => judgeFindings(check, unitPeriodAt(spans, check.checkedAt), regulation))
  const filings = listOwedFilings({ ...context, periods: facts.periods, filings: facts.filings }).map((owed) => {
    steady = changesAt(steady, asOf, owed.receivedAt)
    if (owed.receivedAt === null || owed.receivedAt >= owed.overdueAt) steady = changesAt(steady, asOf, owed.overdueAt)
    return judgeFiling(owed, regulation, asOf)
  })

  return {
    checks: { passed: checks.filter(({ isPassed }) => isPassed).length, total: checks.length },
    filings: filings.map(({ outcome }) => outcome),
    bonus: sumBonus(bonuses, regulation),
    hasVeto: misreports.some(({ kind }) => regulation.poorGradeMisreports.includes(kind)),
    absorbed: new Set(
      misreports.flatMap((row) => (row.eventCode !== null && isAbsorbing(row, regulation) ? [row.eventCode] : [])),
    ),
    deductions: [
      ...misreports.flatMap((row) => misreportDeduction(row, regulation) ?? []),
      ...checks.flatMap(({ deductions }) => deductions),
      ...filings.flatMap(({ deduction }) => deduction ?? []),
    ],
    steady,
  }
}

/** Source: contract §5, bonuses; card: docs/indicators/bonus.md */
export function sumBonus(bonuses: readonly BonusFact[], regulation: Regulation): Hundredths {
  const { maxPerQuarter, points } = regulation.bonus
  return Math.min(
    bonuses.reduce((sum, { kind }) => sum + points[kind], 0),
    maxPerQuarter,
  )
}
