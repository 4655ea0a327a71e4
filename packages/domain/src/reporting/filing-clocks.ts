import { fromElementMask } from '../completeness/element-mask.ts'
import { judgeElements } from '../completeness/elements.ts'
import { type Element, LEVELS, type Level, type PreReportFact, type ReportFact } from '../facts/facts.ts'
import type { EventRules } from '../regulation/event-rules.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { findMissedSlots, toFollowUpCourse } from '../timeliness/follow-up.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { earliestCallOf, judgePhone } from '../timeliness/phone.ts'
import { judgeWritten, preReportedUntil } from '../timeliness/written.ts'

/** What the rules ask of an event of one class and level, as a desk needs it; from `eventRulesOf`. */
export type FilingRules = Omit<EventRules, 'deductions' | 'limitClauses'>

export const FILING_CLOCKS = ['phone', 'written', 'elements', 'follow_up', 'final'] as const
export type FilingClockKind = (typeof FILING_CLOCKS)[number]

/** One clock of an event. Instants in epoch ms. */
export interface FilingClock {
  readonly kind: FilingClockKind
  /** The last second that is on time; of follow-ups the next slot that nothing answers yet; of elements when they are judged. */
  readonly dueAt: number
  readonly outcome: Outcome
  /** What met it; null = nothing did, or it is not met by one report. */
  readonly at: number | null
  /** Follow-up slots that were missed so far; 0 for the others. */
  readonly missed: number
}

export interface FilingView {
  readonly clocks: readonly FilingClock[]
  /** Of the first report, each in the order of `ELEMENTS`. */
  readonly given: readonly Element[]
  readonly missing: readonly Element[]
}

export interface FilingCase {
  readonly rules: FilingRules
  readonly occurredAt: number
  readonly learnedAt: number
  /** All rows of the event by the unit, what is about to be sent included; may be empty. */
  readonly reports: readonly ReportFact[]
  readonly preReport: PreReportFact | null
  readonly preReportRule: Regulation['preReport']
  readonly asOf: number
}

function viewFollowUps({ asOf, reports, rules }: FilingCase, firstAt: number): FilingClock[] {
  if (rules.followUps === null) return []
  const course = toFollowUpCourse(
    firstAt,
    reports.filter(({ writtenAt }) => writtenAt !== null && writtenAt <= asOf),
  )
  const { missed, nextAt } = findMissedSlots(course, rules.followUps, Infinity, asOf)
  if (nextAt === Infinity) return []
  return [{ kind: 'follow_up', dueAt: nextAt, outcome: 'not_yet_due', at: null, missed: missed.length }]
}

/**
 * Where the clocks of an event stand: the judge's own functions, asked before anything is sent. A clock that the rules do not have, or
 * that has not begun, is left out; an officer's later end by hand is not known here.
 * Source: contract §5; cards: docs/indicators/timeliness.md, phone-call.md, follow-ups.md, completeness.md
 */
export function viewFiling(filing: FilingCase): FilingView {
  const { asOf, learnedAt, occurredAt, preReport, preReportRule, reports, rules } = filing
  const clockAt = rules.clockStartsAt === 'occurred_at' ? occurredAt : learnedAt
  const first = reports.find(({ stage }) => stage === 'first')?.writtenAt ?? null
  const ruleDueAt = clockAt + rules.writtenLimitSeconds * 1_000
  const until = preReportedUntil(ruleDueAt, preReport, preReportRule, asOf)
  const written = judgeWritten(clockAt, rules.writtenLimitSeconds, first, asOf, { until })
  const clocks: FilingClock[] = []
  if (rules.phoneLimitSeconds !== null) {
    const call = judgePhone(clockAt, rules.phoneLimitSeconds, earliestCallOf(reports), first, asOf)
    clocks.push({
      kind: 'phone',
      dueAt: call.dueAt,
      outcome: call.outcome,
      at: call.metByWritten ? written.at : call.at,
      missed: 0,
    })
  }
  clocks.push({ kind: 'written', dueAt: written.dueAt, outcome: written.outcome, at: written.at, missed: 0 })
  const ofFirst = judgeElements(reports, rules.completeness, written, asOf).find(({ rule }) => rule.stage === 'first')
  if (ofFirst !== undefined && ofFirst.judgedAt !== null && !ofFirst.isJudged) {
    clocks.push({ kind: 'elements', dueAt: ofFirst.judgedAt, outcome: 'not_yet_due', at: null, missed: 0 })
  }
  if (written.at !== null) {
    clocks.push(...viewFollowUps(filing, written.at))
    if (rules.finalLimitSeconds !== null) {
      const last = reports.find(({ stage }) => stage === 'final')?.writtenAt ?? null
      const final = judgeWritten(written.at, rules.finalLimitSeconds, last, asOf)
      clocks.push({ kind: 'final', dueAt: final.dueAt, outcome: final.outcome, at: final.at, missed: 0 })
    }
  }
  return {
    clocks,
    given: fromElementMask(ofFirst?.given ?? 0),
    missing: ofFirst === undefined ? [] : fromElementMask(ofFirst.rule.required & ~ofFirst.given),
  }
}

/** By when a call and the first report would be owed at each level that the rules know; null = no call is. */
export function compareLevels(
  rulesOf: Readonly<Partial<Record<Level, FilingRules>>>,
  times: { readonly occurredAt: number; readonly learnedAt: number },
): { readonly level: Level; readonly phoneDueAt: number | null; readonly writtenDueAt: number }[] {
  return LEVELS.flatMap((level) => {
    const rules = rulesOf[level]
    if (rules === undefined) return []
    const from = rules.clockStartsAt === 'occurred_at' ? times.occurredAt : times.learnedAt
    const { phoneLimitSeconds, writtenLimitSeconds } = rules
    return [
      {
        level,
        phoneDueAt: phoneLimitSeconds === null ? null : from + phoneLimitSeconds * 1_000,
        writtenDueAt: from + writtenLimitSeconds * 1_000,
      },
    ]
  })
}
