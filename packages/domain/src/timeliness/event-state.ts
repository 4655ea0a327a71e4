import { type ElementsJudgement, elementPoints, judgeElements } from '../completeness/elements.ts'
import type { ReportFact } from '../facts/facts.ts'
import type { Deduction, DeductionCode } from '../league/assessment.ts'
import type { Dimension, Hundredths, LevelDeadline, Regulation } from '../regulation/regulation.ts'
import { findMissedSlots, type FollowUpCourse, toFollowUpCourse } from './follow-up.ts'
import { findFirstReport, selectJudgedRow } from './judged-row.ts'
import { earliestCallOf, judgePhone, type PhoneJudgement } from './phone.ts'
import { clockStartOf, judgeWritten, type WrittenJudgement, writtenPoints } from './written.ts'

/** One event of one unit with everything that is the same at every moment. */
export interface EventCase {
  readonly eventCode: string
  readonly reports: readonly ReportFact[]
  readonly judged: ReportFact
  readonly deadline: LevelDeadline
  readonly clockAt: number
  /** Of the first report, the earliest call, the earliest row of another level; null = none. Epoch ms. */
  readonly firstWrittenAt: number | null
  readonly phonedAt: number | null
  readonly levelChangedAt: number | null
}

/** What holds of an event at one moment, and which deductions follow, before any misreport absorbs them. */
export interface EventState {
  readonly written: WrittenJudgement
  readonly phone: PhoneJudgement | null
  readonly elements: ElementsJudgement
  readonly levelChanged: boolean
  /** null = no slots: the level asks for none, or there is no written first report. */
  readonly course: FollowUpCourse | null
  readonly deductions: readonly Deduction[]
  /** The next slot that will be missed if nothing more is written; Infinity = none. */
  readonly nextMissedSlotAt: number
}

/** `reports`: all rows of one event of one unit; at least one. */
export function toEventCase(reports: readonly ReportFact[], regulation: Regulation): EventCase {
  const judged = selectJudgedRow(reports)
  const deadline = regulation.deadlines[judged.level]
  return {
    eventCode: judged.eventCode,
    reports,
    judged,
    deadline,
    clockAt: clockStartOf(judged, deadline),
    firstWrittenAt: findFirstReport(reports)?.writtenAt ?? null,
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

/** `asOf` in whole seconds, not before the event's `learnedAt`. */
export function judgeEventState(eventCase: EventCase, regulation: Regulation, asOf: number): EventState {
  const { clockAt, deadline, firstWrittenAt, levelChangedAt, phonedAt, reports } = eventCase
  const written = judgeWritten(clockAt, deadline, firstWrittenAt, asOf)
  const phone = judgePhone(clockAt, deadline, phonedAt, firstWrittenAt, asOf)
  const elements = judgeElements(reports, written, regulation, asOf)
  const course = deadline.owesFollowUps && written.at !== null ? toFollowUpCourse(written.at, reports) : null
  const slots = course === null ? NO_SLOTS : findMissedSlots(course, regulation.followUp, asOf)
  return {
    written,
    phone,
    elements,
    levelChanged: levelChangedAt !== null && levelChangedAt <= asOf,
    course,
    deductions: listEventDeductions(eventCase.eventCode, regulation, written, phone, elements, slots.missed),
    nextMissedSlotAt: slots.nextAt,
  }
}

const NO_SLOTS = { missed: [], nextAt: Infinity } as const

/** Source: contract §5, deductions A and B and the list of deductions (what `at` is). */
function listEventDeductions(
  ref: string,
  regulation: Regulation,
  written: WrittenJudgement,
  phone: PhoneJudgement | null,
  elements: ElementsJudgement,
  missedSlots: readonly number[],
): Deduction[] {
  const deductions: Deduction[] = []
  const add = (dimension: Dimension, code: DeductionCode, points: Hundredths, at: number): void => {
    if (points > 0) deductions.push({ dimension, code, points, ref, at })
  }
  if (phone?.outcome === 'late') add('timeliness', 'phone_late', regulation.deduction.phone, phone.dueAt)
  if (phone?.outcome === 'missing') add('timeliness', 'phone_missing', regulation.deduction.phone, phone.dueAt)
  const writtenCode = written.outcome === 'missing' ? 'written_missing' : 'written_late'
  add('timeliness', writtenCode, writtenPoints(written, regulation), written.dueAt)
  for (const at of missedSlots) add('timeliness', 'follow_up_missed', regulation.deduction.followUpMissed, at)
  if (elements.judgedAt !== null) {
    add('completeness', 'element_missing', elementPoints(elements, written, regulation), elements.judgedAt)
  }
  return deductions
}
