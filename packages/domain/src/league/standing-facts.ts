import { startOfLocalDay } from '../calendar/local-time.ts'
import type { PlainDate } from '../calendar/plain-date.ts'
import { type Quarter, quarterRange } from '../calendar/quarter.ts'
import { judgeFindings } from '../duty/judge-check.ts'
import { judgeLog } from '../duty-log/judge-log.ts'
import type { BonusFact, MisreportFact, UnitFacts } from '../facts/facts.ts'
import { judgeFiling, listOwedFilings } from '../filing/judge-filings.ts'
import type { HolidayBlock, Regulation, VetoRule } from '../regulation/regulation.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { isAbsorbing, misreportCountsAt, misreportDeduction } from '../truthfulness/misreports.ts'
import { type OpenSpan, tierAt, unitPeriodAt } from '../unit/membership.ts'
import type { Deduction } from './assessment.ts'
import { vetoesOf } from './grade.ts'
import { itemPointsAt, type NoticeBook } from './notice-book.ts'
import { changesAt, intersectSteady, type Steady } from './steady.ts'
import { computeWaiverEffect, isWaived, withoutWaived } from './waivers.ts'

/** The facts of a unit other than its events. */
export type StandingFacts = Omit<UnitFacts, 'reports'>

export interface StandingContext {
  readonly quarter: Quarter
  /** Whole seconds. */
  readonly asOf: number
  readonly regulation: Regulation
  readonly holidays: readonly HolidayBlock[]
}

/** A deduction and the instant by which it belongs to a month. */
export interface Charge {
  readonly deduction: Deduction
  readonly belongsAt: number
}

/** A check, a form that is decided, or an item of the log, and the instant by which it belongs to a month. */
export interface StandingChance {
  readonly chance: 'check' | 'filing' | 'log'
  readonly belongsAt: number
}

/** What everything but the events adds to a unit's quarter. */
export interface StandingEffect {
  readonly checks: { readonly passed: number; readonly total: number }
  readonly filings: readonly Outcome[]
  /** Those that count, as known. */
  readonly bonuses: readonly BonusFact[]
  /** Those of the quarter, as known. */
  readonly misreports: readonly MisreportFact[]
  readonly vetoes: readonly VetoRule[]
  readonly absorbed: ReadonlySet<string>
  /** Keys of the deductions that were waived. */
  readonly waived: ReadonlySet<string>
  readonly isUnderAppeal: boolean
  readonly charges: readonly Charge[]
  readonly chances: readonly StandingChance[]
  readonly steady: Steady
}

/** `spans`: the unit's history in instants. */
export function computeStandingEffect(
  facts: StandingFacts,
  spans: readonly OpenSpan[],
  notices: NoticeBook,
  context: StandingContext,
): StandingEffect {
  const { asOf, quarter, regulation } = context
  const { firstOn, from, lastOn, to } = quarterRange(quarter)
  const isInQuarter = (date: PlainDate): boolean => firstOn <= date && date <= lastOn
  const { isUnderAppeal, steady: claimed, waived } = computeWaiverEffect(facts.waivers ?? [], asOf)
  let steady = claimed
  const isKnown = (at: number): boolean => {
    steady = changesAt(steady, asOf, at)
    return at <= asOf
  }

  const misreports = facts.misreports.filter((row) => isInQuarter(row.confirmedOn) && isKnown(misreportCountsAt(row)))
  const bonuses = facts.bonuses.filter((row) => isInQuarter(row.awardedOn) && isKnown(startOfLocalDay(row.awardedOn)))
  const checks = facts.checks
    .filter(({ checkedAt }) => from <= checkedAt && checkedAt < to && unitPeriodAt(spans, checkedAt) !== null)
    .filter(({ checkedAt }) => isKnown(checkedAt))
    .map((check) => ({
      at: check.checkedAt,
      ...judgeFindings(check, unitPeriodAt(spans, check.checkedAt), regulation),
    }))
  const filings = listOwedFilings({ ...context, ...facts }).map((owed) => {
    steady = changesAt(steady, asOf, owed.receivedAt)
    for (const { reopenedAt } of owed.reopenings) steady = changesAt(steady, asOf, reopenedAt)
    const judged = judgeFiling(owed, regulation, asOf)
    const { overdueAt } = judged
    if (owed.receivedAt === null || owed.receivedAt >= overdueAt) steady = changesAt(steady, asOf, overdueAt)
    return { at: startOfLocalDay(owed.dueOn), ...judged }
  })
  const charges: Charge[] = []
  for (const row of misreports) {
    const at = misreportCountsAt(row)
    const adoption = row.eventCode === null ? undefined : notices.adoptions.get(row.eventCode)
    if (adoption !== undefined) steady = changesAt(steady, asOf, startOfLocalDay(adoption.usedOn))
    const item = itemPointsAt(adoption, regulation, asOf)
    const deduction = misreportDeduction(row, regulation, tierAt(spans, at), item)
    if (deduction !== null) charges.push({ deduction, belongsAt: at })
  }
  for (const { at, deductions } of checks) {
    for (const deduction of deductions) charges.push({ deduction, belongsAt: at })
  }
  for (const { at, deduction } of filings) if (deduction !== null) charges.push({ deduction, belongsAt: at })

  const log = judgeLog(facts.logItems ?? [], spans, {
    ...context,
    isWaived: (deduction) => isWaived(waived, deduction),
  })
  charges.push(...log.charges)

  const chances: StandingChance[] = [
    ...checks.map(({ at }) => ({ chance: 'check' as const, belongsAt: at })),
    ...filings.flatMap(({ at, outcome }) =>
      outcome === 'not_yet_due' ? [] : [{ chance: 'filing' as const, belongsAt: at }],
    ),
    ...log.chances.map((belongsAt) => ({ chance: 'log' as const, belongsAt })),
  ]

  return {
    checks: { passed: checks.filter(({ isPassed }) => isPassed).length, total: checks.length },
    filings: filings.map(({ outcome }) => outcome),
    bonuses,
    misreports,
    vetoes: vetoesOf(misreports, regulation),
    absorbed: new Set(
      misreports.flatMap((row) => (row.eventCode !== null && isAbsorbing(row, regulation) ? [row.eventCode] : [])),
    ),
    waived,
    isUnderAppeal,
    charges: charges.filter(({ deduction }) => withoutWaived([deduction], waived).length > 0),
    chances,
    steady: intersectSteady(steady, log.steady),
  }
}
