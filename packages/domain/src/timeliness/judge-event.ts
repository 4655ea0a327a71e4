import { cutToSecond } from '../calendar/local-time.ts'
import type { Quarter } from '../calendar/quarter.ts'
import { countElements, fromElementMask } from '../completeness/element-mask.ts'
import type { ElementsJudgement } from '../completeness/elements.ts'
import type { Element, Level, PreReportFact, ReopeningFact, ReportFact, UnitPeriod } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import { type NoticeBook, noticesAt, toNoticeBook } from '../league/notice-book.ts'
import type { ClockRule, Regulation } from '../regulation/regulation.ts'
import { tierAt, toOpenSpans } from '../unit/membership.ts'
import { type EventStanding, standingOf } from './event-standing.ts'
import { judgeEventState, toEventCase } from './event-state.ts'
import { type FollowUpSlot, listSlots } from './follow-up.ts'
import type { PhoneJudgement } from './phone.ts'
import type { WrittenJudgement } from './written.ts'

/** How one event of one unit was judged, with everything its timeline draws. All instants epoch ms. */
export interface EventJudgement {
  readonly eventCode: string
  readonly unitCode: string
  /** The quarter it belongs to: that of the instant its clock starts, local time. */
  readonly quarter: Quarter
  readonly standing: EventStanding
  /** The row that gives level, `occurredAt` and `learnedAt`. */
  readonly judged: ReportFact
  readonly level: Level
  readonly levelChanged: boolean
  readonly clock: {
    readonly startsAt: ClockRule['startsAt']
    readonly at: number
    readonly citation: string
  }
  readonly written: WrittenJudgement
  /** null when the rules ask for no call at this level. */
  readonly phone: PhoneJudgement | null
  /** null when no final report is owed by a time, or the first is not written. */
  readonly final: WrittenJudgement | null
  /** As known; null = none. */
  readonly preReport: PreReportFact | null
  /** Made by then, oldest first. */
  readonly reopenings: readonly ReopeningFact[]
  readonly slots: readonly FollowUpSlot[]
  /** Of the first report; `part` and `whole` of every report that is judged. */
  readonly completeness: {
    /** First report + 24 h, or the limit of a missing event; null = not known yet. */
    readonly judgedAt: number | null
    readonly isJudged: boolean
    /** What has come so far while not judged; then what counts. Both lists in the order of `ELEMENTS`. */
    readonly given: readonly Element[]
    readonly missing: readonly Element[]
    /** 0 of 0 until judged. */
    readonly part: number
    readonly whole: number
  }
  /** What the event costs before any misreport absorbs it, in order of time of judgement; empty unless it counts. */
  readonly deductions: readonly Deduction[]
}

export interface EventContext {
  readonly periods: readonly UnitPeriod[]
  readonly regulation: Regulation
  readonly asOf: number
  readonly notices?: NoticeBook
}

const NO_BOOK = toNoticeBook({ preReports: [], adoptions: [], reopenings: [] })

/**
 * Judges one event of one unit as of an instant (fractions of a second are cut). `reports`: all rows of the event by the unit, any order.
 * Throws RangeError without reports.
 * Source: contract §5; cards: docs/indicators/timeliness.md, phone-call.md, follow-ups.md, completeness.md
 */
export function judgeEvent(reports: readonly ReportFact[], context: EventContext): EventJudgement {
  const { notices: book = NO_BOOK, regulation } = context
  const asOf = cutToSecond(context.asOf)
  const spans = toOpenSpans(context.periods)
  const eventCase = toEventCase(reports, regulation, (at) => tierAt(spans, at))
  const { clockAt, eventCode, judged, rules } = eventCase
  const isKnown = judged.learnedAt <= asOf
  const { quarter, standing } = standingOf(judged, context)
  // Before an event is known it is shown as it stands at its very start: nothing sent, nothing due.
  const shownAt = isKnown ? asOf : -Infinity
  const notices = noticesAt(book, eventCode, regulation, shownAt)
  const state = judgeEventState(eventCase, regulation, shownAt, notices)
  return {
    eventCode,
    unitCode: judged.unitCode,
    quarter,
    standing,
    judged,
    level: judged.level,
    levelChanged: state.levelChanged,
    clock: { startsAt: rules.clockStartsAt, at: clockAt, citation: rules.citation },
    written: state.written,
    phone: state.phone,
    final: state.final,
    preReport: notices.preReport !== null && notices.preReport.sentAt <= asOf ? notices.preReport : null,
    reopenings: notices.reopenings
      .filter(({ reopenedAt }) => reopenedAt <= asOf)
      .sort((a, b) => a.reopenedAt - b.reopenedAt),
    // Hundreds for an event left open, and only its own page draws them.
    get slots() {
      return state.course === null || rules.followUps === null ? [] : listSlots(state.course, rules.followUps, asOf)
    },
    completeness: toCompleteness(state.elements),
    deductions: standing === 'counts' ? [...state.deductions].sort((a, b) => a.at - b.at) : [],
  }
}

function toCompleteness(elements: readonly ElementsJudgement[]): EventJudgement['completeness'] {
  const ofFirst = elements.find(({ rule }) => rule.stage === 'first')
  const judged = elements.filter(({ isJudged }) => isJudged)
  return {
    judgedAt: ofFirst?.judgedAt ?? null,
    isJudged: ofFirst?.isJudged ?? false,
    given: fromElementMask(ofFirst?.given ?? 0),
    missing: ofFirst === undefined ? [] : fromElementMask(ofFirst.rule.required & ~ofFirst.given),
    part: judged.reduce((sum, { given }) => sum + countElements(given), 0),
    whole: judged.reduce((sum, { rule }) => sum + countElements(rule.required), 0),
  }
}
