import { SECOND_MS } from '../calendar/local-time.ts'
import { countElements } from '../completeness/elements.ts'
import { ELEMENTS, type ReportFact } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { type EventCase, type EventState, judgeEventState, toEventCase } from '../timeliness/event-state.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { type OpenSpan, unitPeriodAt } from '../unit/membership.ts'
import type { Deduction } from './assessment.ts'
import { ALWAYS_STEADY, changesAt, type Steady } from './steady.ts'

/** What an event is judged against in one unit's quarter. */
export interface EventScope {
  /** Epoch ms of the quarter, half-open. */
  readonly from: number
  readonly to: number
  /** Whole seconds. */
  readonly asOf: number
  readonly spans: readonly OpenSpan[]
  readonly regulation: Regulation
  /** Codes of the events whose deductions a misreport replaces. */
  readonly absorbed: ReadonlySet<string>
}

/** What one event adds to its unit's quarter. */
export interface EventEffect {
  /** null = nothing is owed for it (another quarter, a closed unit, not known yet). */
  readonly outcome: Outcome | null
  readonly part: number
  readonly whole: number
  readonly levelChanged: boolean
  readonly deductions: readonly Deduction[]
  readonly steady: Steady
}

const NO_EFFECT: EventEffect = {
  outcome: null,
  part: 0,
  whole: 0,
  levelChanged: false,
  deductions: [],
  steady: ALWAYS_STEADY,
}

/** `reports`: all rows of one event of the unit; at least one. */
export function computeEventEffect(reports: readonly ReportFact[], scope: EventScope): EventEffect {
  const { asOf, regulation } = scope
  const eventCase = toEventCase(reports, regulation)
  const { clockAt, eventCode, judged } = eventCase
  const isOwed = scope.from <= clockAt && clockAt < scope.to && unitPeriodAt(scope.spans, clockAt) !== null
  if (!isOwed) return NO_EFFECT
  const known = changesAt(ALWAYS_STEADY, asOf, judged.learnedAt)
  if (judged.learnedAt > asOf) return { ...NO_EFFECT, steady: known }
  const state = judgeEventState(eventCase, regulation, asOf)
  const { isJudged } = state.elements
  return {
    outcome: state.written.outcome,
    part: isJudged ? countElements(state.elements.given) : 0,
    whole: isJudged ? ELEMENTS.length : 0,
    levelChanged: state.levelChanged,
    deductions: scope.absorbed.has(eventCode) ? [] : state.deductions,
    steady: narrowByEvent(known, eventCase, state, asOf),
  }
}

/** The instants at which a known event's state can change while its reports stay the same. */
function narrowByEvent(known: Steady, eventCase: EventCase, state: EventState, asOf: number): Steady {
  const { firstWrittenAt, levelChangedAt, phonedAt } = eventCase
  const { phone, written } = state
  let steady = changesAt(known, asOf, firstWrittenAt)
  if (firstWrittenAt === null || firstWrittenAt > written.dueAt) {
    steady = changesAt(steady, asOf, written.dueAt + SECOND_MS)
  }
  steady = changesAt(steady, asOf, levelChangedAt)
  steady = changesAt(steady, asOf, state.elements.judgedAt)
  if (phone !== null && !(firstWrittenAt !== null && firstWrittenAt <= phone.dueAt)) {
    if (phonedAt === null || phonedAt > phone.dueAt) {
      steady = changesAt(changesAt(steady, asOf, phonedAt), asOf, phone.dueAt + SECOND_MS)
    }
  }
  for (const { at, code } of state.deductions) if (code === 'follow_up_missed') steady = changesAt(steady, asOf, at)
  return changesAt(steady, asOf, state.nextMissedSlotAt)
}
