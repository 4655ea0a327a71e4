import { SECOND_MS } from '../calendar/local-time.ts'
import { countElements } from '../completeness/element-mask.ts'
import type { ReportFact } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'
import { type EventCase, type EventState, judgeEventState, toEventCase } from '../timeliness/event-state.ts'
import { firstSlotOf } from '../timeliness/follow-up.ts'
import type { Outcome } from '../timeliness/outcome.ts'
import { type OpenSpan, tierAt, unitPeriodAt } from '../unit/membership.ts'
import type { Deduction } from './assessment.ts'
import { type NoticeBook, noticesAt, narrowByNotices } from './notice-book.ts'
import { ALWAYS_STEADY, changesAt, type Steady } from './steady.ts'
import { type ChanceCounts, NO_CHANCES } from './tally.ts'
import { withoutWaived } from './waivers.ts'

/** What an event is judged against in one unit's quarter. */
export interface EventScope {
  /** Epoch ms of the quarter, half-open. */
  readonly from: number
  readonly to: number
  /** Whole seconds. */
  readonly asOf: number
  readonly spans: readonly OpenSpan[]
  readonly regulation: Regulation
  readonly notices: NoticeBook
  /** Codes of the events whose deductions a misreport replaces. */
  readonly absorbed: ReadonlySet<string>
  /** Keys of the deductions that were waived. */
  readonly waived: ReadonlySet<string>
}

/** What one event adds to its unit's quarter. */
export interface EventEffect {
  /** null = nothing is owed for it (another quarter, a closed unit, not known yet). */
  readonly outcome: Outcome | null
  readonly clockAt: number
  readonly part: number
  readonly whole: number
  readonly levelChanged: boolean
  readonly isWritten: boolean
  /** What its item of information scored; null = it is no item. */
  readonly itemPoints: number | null
  /** What could have gone wrong and is decided. */
  readonly chances: ChanceCounts | null
  readonly deductions: readonly Deduction[]
  readonly steady: Steady
}

/** What a misreport replaces could cost nothing any more. */
const ABSORBED: ChanceCounts = { ...NO_CHANCES, event: 1 }

const NO_EFFECT: EventEffect = {
  outcome: null,
  clockAt: 0,
  part: 0,
  whole: 0,
  levelChanged: false,
  isWritten: false,
  itemPoints: null,
  chances: null,
  deductions: [],
  steady: ALWAYS_STEADY,
}

/** `reports`: all rows of one event of the unit; at least one. */
export function computeEventEffect(reports: readonly ReportFact[], scope: EventScope): EventEffect {
  const { asOf, regulation } = scope
  const eventCase = toEventCase(reports, regulation, (at) => tierAt(scope.spans, at))
  const { clockAt, eventCode, judged } = eventCase
  const isOwed = scope.from <= clockAt && clockAt < scope.to && unitPeriodAt(scope.spans, clockAt) !== null
  if (!isOwed) return NO_EFFECT
  const known = changesAt(ALWAYS_STEADY, asOf, judged.learnedAt)
  if (judged.learnedAt > asOf) return { ...NO_EFFECT, steady: known }
  const notices = noticesAt(scope.notices, eventCode, regulation, asOf)
  const state = judgeEventState(eventCase, regulation, asOf, notices)
  let part = 0
  let whole = 0
  for (const { given, isJudged, rule } of state.elements) {
    if (!isJudged) continue
    part += countElements(given)
    whole += countElements(rule.required)
  }
  const isAbsorbed = scope.absorbed.has(eventCode)
  return {
    outcome: state.written.outcome,
    clockAt,
    part,
    whole,
    levelChanged: state.levelChanged,
    isWritten: state.written.at !== null,
    itemPoints: notices.itemPoints,
    chances: isAbsorbed ? ABSORBED : chancesOf(eventCase, state, asOf),
    deductions: isAbsorbed ? [] : withoutWaived(state.deductions, scope.waived),
    steady: narrowByNotices(narrowByEvent(known, eventCase, state, asOf), scope.notices, eventCode, asOf),
  }
}

function isDecided(judged: { readonly outcome: Outcome } | null): boolean {
  return judged !== null && judged.outcome !== 'not_yet_due'
}

/** One chance of each thing that costs something under the rules of the event, once it is decided. */
function chancesOf(
  { rules }: EventCase,
  { course, elements, final, phone, written }: EventState,
  asOf: number,
): ChanceCounts {
  const { deductions: ruleOf, followUps } = rules
  let judged = 0
  if (ruleOf.element_missing !== undefined) for (const { isJudged } of elements) judged += Number(isJudged)
  const hasSlot =
    course !== null &&
    followUps !== null &&
    ruleOf.follow_up_missed !== undefined &&
    firstSlotOf(course, followUps) <= Math.min(asOf, course.finalAt ?? asOf)
  return {
    phone: Number(isDecided(phone) && (ruleOf.phone_late ?? ruleOf.phone_missing) !== undefined),
    written: Number(isDecided(written) && (ruleOf.written_late ?? ruleOf.written_missing) !== undefined),
    follow_up: Number(hasSlot),
    final: Number(isDecided(final) && (ruleOf.final_late ?? ruleOf.final_missing) !== undefined),
    elements: judged,
    check: 0,
    filing: 0,
    event: 1,
  }
}

/** The instants at which a known event's state can change while its reports stay the same. */
function narrowByEvent(known: Steady, eventCase: EventCase, state: EventState, asOf: number): Steady {
  const { firstWrittenAt, levelChangedAt, phonedAt, rules } = eventCase
  const { course, phone, written } = state
  let steady = changesAt(known, asOf, firstWrittenAt)
  if (firstWrittenAt === null || firstWrittenAt > written.dueAt) {
    steady = changesAt(steady, asOf, written.dueAt + SECOND_MS)
  }
  steady = changesAt(steady, asOf, levelChangedAt)
  if (phone !== null && !(firstWrittenAt !== null && firstWrittenAt <= phone.dueAt)) {
    if (phonedAt === null || phonedAt > phone.dueAt) {
      steady = changesAt(changesAt(steady, asOf, phonedAt), asOf, phone.dueAt + SECOND_MS)
    }
  }
  // What is met decides a chance, too: the call that came in time, the first slot that comes.
  if (phone !== null && phonedAt !== null && phonedAt <= phone.dueAt) steady = changesAt(steady, asOf, phonedAt)
  if (course !== null && rules.followUps !== null) {
    const slotAt = firstSlotOf(course, rules.followUps)
    if (slotAt <= (course.finalAt ?? Infinity)) steady = changesAt(steady, asOf, slotAt)
  }
  for (const { at, code } of state.deductions) if (code === 'follow_up_missed') steady = changesAt(steady, asOf, at)
  steady = changesAt(steady, asOf, state.nextMissedSlotAt)
  return narrowByElements(narrowByFinal(steady, eventCase, state, asOf), eventCase, state, asOf)
}

function narrowByElements(known: Steady, { reports, rules }: EventCase, state: EventState, asOf: number): Steady {
  let steady = known
  for (const { judgedAt } of state.elements) steady = changesAt(steady, asOf, judgedAt)
  for (const rule of rules.completeness) {
    if (rule.stage === 'first') continue
    for (const { stage, writtenAt } of reports) {
      if (stage === rule.stage && writtenAt !== null) {
        steady = changesAt(steady, asOf, writtenAt + rule.supplementSeconds * SECOND_MS)
      }
    }
  }
  return steady
}

function narrowByFinal(known: Steady, { finalWrittenAt }: EventCase, { final }: EventState, asOf: number): Steady {
  if (final === null) return known
  const steady = changesAt(known, asOf, finalWrittenAt)
  if (finalWrittenAt !== null && finalWrittenAt <= final.dueAt) return steady
  return changesAt(steady, asOf, final.dueAt + SECOND_MS)
}
