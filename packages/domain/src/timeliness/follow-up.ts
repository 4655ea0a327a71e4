import { DAY_MS, MINUTE_MS, SECOND_MS, startOfLocalDayAt } from '../calendar/local-time.ts'
import type { ReportFact } from '../facts/facts.ts'
import type { Regulation } from '../regulation/regulation.ts'

/** An instant by which a follow-up was owed. Epoch ms. */
export interface FollowUpSlot {
  readonly at: number
  /** The earliest follow-up or final report since the slot before (since the first report, for the first); null = missed. */
  readonly metBy: number | null
}

/** What the slots of an event hang on: its written first report, its final one, and everything written after a first. */
export interface FollowUpCourse {
  readonly firstAt: number
  /** null = no final report in writing. */
  readonly finalAt: number | null
  /** Written follow-ups and final, ascending. */
  readonly answers: readonly number[]
}

export function toFollowUpCourse(firstAt: number, reports: readonly ReportFact[]): FollowUpCourse {
  let finalAt: number | null = null
  const answers: number[] = []
  for (const { stage, writtenAt } of reports) {
    if (stage === 'first' || writtenAt === null) continue
    answers.push(writtenAt)
    if (stage === 'final') finalAt = writtenAt
  }
  if (answers.length > 1) answers.sort((a, b) => a - b)
  return { firstAt, finalAt, answers }
}

/** The first slot at or after an instant; Infinity when the rules name no time of day. */
function slotAtOrAfter(at: number, slotMinutes: readonly number[]): number {
  const day = startOfLocalDayAt(at)
  for (const minutes of slotMinutes) if (day + minutes * MINUTE_MS >= at) return day + minutes * MINUTE_MS
  const [earliest] = slotMinutes
  return earliest === undefined ? Infinity : day + DAY_MS + earliest * MINUTE_MS
}

/** Visits the slots up to `end` (inclusive) in order, until `visit` returns false. */
function walkSlots(
  course: FollowUpCourse,
  rule: Regulation['followUp'],
  end: number,
  visit: (slot: FollowUpSlot) => boolean,
): void {
  const { answers, firstAt } = course
  let after = firstAt
  let next = 0
  let at = slotAtOrAfter(firstAt + rule.graceSeconds * SECOND_MS, rule.slotMinutes)
  while (at <= end && at !== Infinity) {
    let answer = answers[next]
    while (answer !== undefined && answer <= after) answer = answers[++next]
    if (!visit({ at, metBy: answer !== undefined && answer <= at ? answer : null })) return
    after = at
    at = slotAtOrAfter(at + SECOND_MS, rule.slotMinutes)
  }
}

/** A year of two slots a day; what an event left open for ever shows, not what it costs. */
export const MAX_LISTED_SLOTS = 732

/**
 * The slots of an event as known at `asOf`, the earliest `MAX_LISTED_SLOTS` of them: from the first report + grace to
 * the final report, or to `asOf` while there is none.
 * Source: contract §5, follow-ups (Henan 2019); card: docs/indicators/follow-ups.md
 */
export function listSlots(course: FollowUpCourse, rule: Regulation['followUp'], asOf: number): FollowUpSlot[] {
  const slots: FollowUpSlot[] = []
  walkSlots(course, rule, Math.min(asOf, course.finalAt ?? asOf), (slot) => slots.push(slot) < MAX_LISTED_SLOTS)
  return slots
}

/**
 * The missed slots that bring a deduction as of `asOf` (the earliest of the event, to its maximum), and the next that
 * will if nothing more is written (Infinity = none).
 */
export function findMissedSlots(
  course: FollowUpCourse,
  rule: Regulation['followUp'],
  asOf: number,
): { readonly missed: readonly number[]; readonly nextAt: number } {
  const missed: number[] = []
  let nextAt = Infinity
  walkSlots(course, rule, course.finalAt ?? Infinity, ({ at, metBy }) => {
    if (missed.length >= rule.maxMissedPerEvent) return false
    if (metBy !== null) return true
    if (at > asOf) {
      nextAt = at
      return false
    }
    missed.push(at)
    return true
  })
  return { missed, nextAt }
}
