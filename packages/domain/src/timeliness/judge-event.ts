import { cutToSecond } from '../calendar/local-time.ts'
import type { Quarter } from '../calendar/quarter.ts'
import { countElements, fromElementMask } from '../completeness/elements.ts'
import { type Element, ELEMENTS, type Level, type ReportFact, type UnitPeriod } from '../facts/facts.ts'
import type { Deduction } from '../league/assessment.ts'
import type { LevelDeadline, Regulation } from '../regulation/regulation.ts'
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
    readonly startsAt: LevelDeadline['clockStartsAt']
    readonly at: number
    readonly citation: string
  }
  readonly written: WrittenJudgement
  /** null when the rules ask for no call at this level. */
  readonly phone: PhoneJudgement | null
  readonly slots: readonly FollowUpSlot[]
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

/**
 * Judges one event of one unit as of an instant (fractions of a second are cut). `reports`: all rows of the event by the unit, any order.
 * Throws RangeError without reports.
 * Source: contract §5; cards: docs/indicators/timeliness.md, phone-call.md, follow-ups.md, completeness.md
 */
export function judgeEvent(
  reports: readonly ReportFact[],
  context: { readonly periods: readonly UnitPeriod[]; readonly regulation: Regulation; readonly asOf: number },
): EventJudgement {
  const { regulation } = context
  const asOf = cutToSecond(context.asOf)
  const eventCase = toEventCase(reports, regulation)
  const { clockAt, deadline, eventCode, judged } = eventCase
  const isKnown = judged.learnedAt <= asOf
  const { quarter, standing } = standingOf(judged, context)
  // Before an event is known it is shown as it stands at its very start: nothing sent, nothing due.
  const state = judgeEventState(eventCase, regulation, isKnown ? asOf : -Infinity)
  const { isJudged, judgedAt } = state.elements
  const given = fromElementMask(state.elements.given)
  return {
    eventCode,
    unitCode: judged.unitCode,
    quarter,
    standing,
    judged,
    level: judged.level,
    levelChanged: state.levelChanged,
    clock: { startsAt: deadline.clockStartsAt, at: clockAt, citation: deadline.citation },
    written: state.written,
    phone: state.phone,
    // Hundreds for an event left open, and only its own page draws them.
    get slots() {
      return state.course === null ? [] : listSlots(state.course, regulation.followUp, asOf)
    },
    completeness: {
      judgedAt,
      isJudged,
      given,
      missing: ELEMENTS.filter((element) => !given.includes(element)),
      part: isJudged ? countElements(state.elements.given) : 0,
      whole: isJudged ? ELEMENTS.length : 0,
    },
    deductions: standing === 'counts' ? [...state.deductions].sort((a, b) => a.at - b.at) : [],
  }
}
