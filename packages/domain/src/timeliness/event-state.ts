import { SECOND_MS } from '../calendar/local-time.ts'
import { roundHalfUp } from '../ratio/round.ts'
import { type ElementsJudgement, elementPoints, judgeElements } from '../completeness/elements.ts'
import type { PreReportFact, ReopeningFact, ReportFact, Tier } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import type { EventDeductionCode } from '../regulation/deduction-codes.ts'
import { type EventRules, eventRulesOf } from '../regulation/event-rules.ts'
import type { DeductionShape, Hundredths, Regulation } from '../regulation/regulation.ts'
import { findMissedSlots, type FollowUpCourse, MAX_LISTED_SLOTS, toFollowUpCourse } from './follow-up.ts'
import { findFirstReport, selectJudgedRow } from './judged-row.ts'
import { earliestCallOf, judgePhone, type PhoneJudgement } from './phone.ts'
import { reopeningsOf } from './reopening.ts'
import { clockStartOf, judgeWritten, preReportedUntil, type WrittenJudgement } from './written.ts'

/** What else is on record of an event besides its reports. */
export interface EventNotices {
  /** null = none. */
  readonly preReport: PreReportFact | null
  readonly reopenings: readonly ReopeningFact[]
  /** What its item of information scored, as known; null = it is no item. */
  readonly itemPoints: Hundredths | null
}

export const NO_NOTICES: EventNotices = { preReport: null, reopenings: [], itemPoints: null }

/** One event of one unit with everything that is the same at every moment. */
export interface EventCase {
  readonly eventCode: string
  readonly reports: readonly ReportFact[]
  readonly judged: ReportFact
  readonly rules: EventRules
  readonly clockAt: number
  /** Of the first report, the final one, the earliest call, the earliest row of another level; null = none. Epoch ms. */
  readonly firstWrittenAt: number | null
  readonly finalWrittenAt: number | null
  readonly phonedAt: number | null
  readonly levelChangedAt: number | null
}

/** What holds of an event at one moment, and which deductions follow, before any misreport absorbs them. */
export interface EventState {
  readonly written: WrittenJudgement
  readonly phone: PhoneJudgement | null
  /** null = no final report is owed by a time, or the first is not written. */
  readonly final: WrittenJudgement | null
  readonly elements: readonly ElementsJudgement[]
  readonly levelChanged: boolean
  /** null = no slots: the level asks for none, or there is no written first report. */
  readonly course: FollowUpCourse | null
  readonly deductions: readonly Deduction[]
  /** The next slot that will be missed if nothing more is written; Infinity = none. */
  readonly nextMissedSlotAt: number
}

/** `reports`: all rows of one event of one unit; at least one. `tierAt`: of the unit at an instant. */
export function toEventCase(
  reports: readonly ReportFact[],
  regulation: Regulation,
  tierAt: (at: number) => Tier,
): EventCase {
  const judged = selectJudgedRow(reports)
  const clockAt = clockStartOf(judged, regulation)
  return {
    eventCode: judged.eventCode,
    reports,
    judged,
    rules: eventRulesOf(regulation, judged.level, judged.category, tierAt(clockAt)),
    clockAt,
    firstWrittenAt: findFirstReport(reports)?.writtenAt ?? null,
    finalWrittenAt: reports.find(({ stage }) => stage === 'final')?.writtenAt ?? null,
    phonedAt: earliestCallOf(reports),
    levelChangedAt: levelChangedAtOf(reports, judged),
  }
}

/** When a row of another level than the judged one first became known, written or phoned; null = never. */
function levelChangedAtOf(reports: readonly ReportFact[], judged: ReportFact): number | null {
  let earliest = Infinity
  for (const report of reports) {
    if (report.level === judged.level) continue
    earliest = Math.min(earliest, report.writtenAt ?? Infinity, report.phonedAt ?? Infinity)
  }
  return earliest === Infinity ? null : earliest
}

const NO_SLOTS = { missed: [], nextAt: Infinity } as const

/** How many missed slots cost something; bounded, for an event that nobody closes misses slots without end. */
function maxMissedOf(shape: DeductionShape | undefined): number {
  if (shape?.kind !== 'per_item' || shape.points === 0) return 0
  return Math.min(shape.max === null ? Infinity : Math.ceil(shape.max / shape.points), MAX_LISTED_SLOTS)
}

/** `asOf` in whole seconds, not before the event's `learnedAt`. */
export function judgeEventState(
  eventCase: EventCase,
  regulation: Regulation,
  asOf: number,
  notices: EventNotices = NO_NOTICES,
): EventState {
  const { clockAt, eventCode, finalWrittenAt, firstWrittenAt, levelChangedAt, phonedAt, reports, rules } = eventCase
  const { preReport, reopenings } = notices
  const reopened = (what: 'written' | 'phone' | 'final') => reopeningsOf(reopenings, what, eventCode)
  const ruleDueAt = clockAt + rules.writtenLimitSeconds * SECOND_MS
  const written = judgeWritten(clockAt, rules.writtenLimitSeconds, firstWrittenAt, asOf, {
    until: preReportedUntil(ruleDueAt, preReport, regulation.preReport, asOf),
    reopenings: reopened('written'),
  })
  const { finalLimitSeconds, phoneLimitSeconds } = rules
  const phone =
    phoneLimitSeconds === null
      ? null
      : judgePhone(clockAt, phoneLimitSeconds, phonedAt, firstWrittenAt, asOf, reopened('phone'))
  const final =
    finalLimitSeconds === null || written.at === null
      ? null
      : judgeWritten(written.at, finalLimitSeconds, finalWrittenAt, asOf, { reopenings: reopened('final') })
  const elements = judgeElements(reports, rules.completeness, written, asOf)
  const followUps =
    rules.followUps === null || written.at === null
      ? null
      : { schedule: rules.followUps, course: toFollowUpCourse(written.at, reports) }
  const maxMissed = maxMissedOf(rules.deductions.follow_up_missed?.shape)
  const slots = followUps === null ? NO_SLOTS : findMissedSlots(followUps.course, followUps.schedule, maxMissed, asOf)
  return {
    written,
    phone,
    final,
    elements,
    levelChanged: levelChangedAt !== null && levelChangedAt <= asOf,
    course: followUps?.course ?? null,
    deductions: listEventDeductions(eventCase, notices, { written, phone, final, elements, missedSlots: slots.missed }),
    nextMissedSlotAt: slots.nextAt,
  }
}

interface Fault {
  readonly startedHours: number
  readonly itemPoints: Hundredths
  /** How many of its kind the event had before. */
  readonly earlier: number
}

/** What a fault of an event's reports costs: a call, a first or final report, a missed slot. */
function pointsOf(shape: DeductionShape, { earlier, itemPoints, startedHours }: Fault): Hundredths {
  switch (shape.kind) {
    case 'fixed':
      return shape.points
    case 'per_started_hour':
      return Math.min(startedHours * shape.points, shape.max ?? Infinity)
    case 'percent_of_item':
      return roundHalfUp((itemPoints * shape.percent) / 100)
    case 'per_item':
      return Math.min(shape.points, (shape.max ?? Infinity) - earlier * shape.points)
    case 'zero_month':
      return 0
  }
}

interface Judged {
  readonly written: WrittenJudgement
  readonly phone: PhoneJudgement | null
  readonly final: WrittenJudgement | null
  readonly elements: readonly ElementsJudgement[]
  readonly missedSlots: readonly number[]
}

/** Source: contract §5, deductions A and B and the list of deductions (what `at` is). */
function listEventDeductions(eventCase: EventCase, notices: EventNotices, judged: Judged): Deduction[] {
  const { deductions: ruleOf } = eventCase.rules
  const deductions: Deduction[] = []
  const add = (code: EventDeductionCode, at: number, points: (shape: DeductionShape) => Hundredths): void => {
    const rule = ruleOf[code]
    if (rule === undefined) return
    const zeroesMonth = rule.shape.kind === 'zero_month'
    const cost = points(rule.shape)
    if (cost === 0 && !zeroesMonth) return
    const { clause, dimension } = rule
    deductions.push({ dimension, code, points: cost, ref: eventCase.eventCode, at, clause, zeroesMonth })
  }
  const itemPoints = notices.itemPoints ?? 0
  const addOnce = (what: 'phone' | 'written' | 'final', judgement: PhoneJudgement | WrittenJudgement | null): void => {
    if (judgement === null || (judgement.outcome !== 'late' && judgement.outcome !== 'missing')) return
    const startedHours = Math.ceil((judgement.lateSeconds ?? 0) / 3600)
    add(`${what}_${judgement.outcome}`, judgement.dueAt, (shape) =>
      pointsOf(shape, { startedHours, itemPoints, earlier: 0 }),
    )
  }
  addOnce('phone', judged.phone)
  addOnce('written', judged.written)
  for (const [earlier, at] of judged.missedSlots.entries()) {
    add('follow_up_missed', at, (shape) => pointsOf(shape, { startedHours: 0, itemPoints, earlier }))
  }
  for (const one of judged.elements) {
    const { judgedAt } = one
    if (judgedAt !== null) add('element_missing', judgedAt, (shape) => elementPoints(one, judged.written, shape))
  }
  addOnce('final', judged.final)
  return deductions
}
