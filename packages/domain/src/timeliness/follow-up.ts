import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, startOfLocalDayAt } from '../calendar/local-time.ts'
import type { ReportFact } from '../facts/facts.ts'
import type { FollowUpSchedule } from '../regulation/regulation.ts'

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

/** The first slot at or after an instant. `minutes` ascending, at least one. */
function timeOfDayAtOrAfter(at: number, minutes: readonly number[]): number {
  const day = startOfLocalDayAt(at)
  for (const minute of minutes) if (day + minute * MINUTE_MS >= at) return day + minute * MINUTE_MS
  return day + DAY_MS + (minutes[0] ?? Infinity) * MINUTE_MS
}

function firstSlot(firstAt: number, schedule: FollowUpSchedule): number {
  if (schedule.kind === 'every_hours') return firstAt + schedule.hours * HOUR_MS
  // Nothing can be written after the first report and at its very second: such a slot would be missed by everybody.
  return timeOfDayAtOrAfter(firstAt + Math.max(schedule.graceSeconds, 1) * SECOND_MS, schedule.minutes)
}

function slotAfter(at: number, schedule: FollowUpSchedule): number {
  if (schedule.kind === 'every_hours') return at + schedule.hours * HOUR_MS
  return timeOfDayAtOrAfter(at + SECOND_MS, schedule.minutes)
}

/** The first slot of an event, whether or not the event has ended by then. Epoch ms. */
export function firstSlotOf({ firstAt }: FollowUpCourse, schedule: FollowUpSchedule): number {
  return firstSlot(firstAt, schedule)
}

/** Visits the slots up to `end` (inclusive) in order, until `visit` returns false. */
function walkSlots(
  course: FollowUpCourse,
  schedule: FollowUpSchedule,
  end: number,
  visit: (slot: FollowUpSlot) => boolean,
): void {
  const { answers, firstAt } = course
  let after = firstAt
  let next = 0
  let at = firstSlot(firstAt, schedule)
  while (at <= end && at !== Infinity) {
    let answer = answers[next]
    while (answer !== undefined && answer <= after) answer = answers[++next]
    if (!visit({ at, metBy: answer !== undefined && answer <= at ? answer : null })) return
    after = at
    at = slotAfter(at, schedule)
  }
}

/** A year of two slots a day: what an event left open for ever shows, and the most that its missed slots are counted to. */
export const MAX_LISTED_SLOTS = 732

/**
 * The slots of an event as known at `asOf`, the earliest `MAX_LISTED_SLOTS` of them: from the first report on to the final
 * report, or to `asOf` while there is none.
 * Source: contract §5, follow-ups (Henan 2019); card: docs/indicators/follow-ups.md
 */
export function listSlots(course: FollowUpCourse, schedule: FollowUpSchedule, asOf: number): FollowUpSlot[] {
  const slots: FollowUpSlot[] = []
  walkSlots(course, schedule, Math.min(asOf, course.finalAt ?? asOf), (slot) => slots.push(slot) < MAX_LISTED_SLOTS)
  return slots
}

/**
 * The missed slots that bring a deduction as of `asOf` (the earliest of the event, at most `maxMissed`), and the next that
 * will if nothing more is written (Infinity = none).
 */
export function findMissedSlots(
  course: FollowUpCourse,
  schedule: FollowUpSchedule,
  maxMissed: number,
  asOf: number,
): { readonly missed: readonly number[]; readonly nextAt: number } {
  const missed: number[] = []
  let nextAt = Infinity
  walkSlots(course, schedule, course.finalAt ?? Infinity, ({ at, metBy }) => {
    if (missed.length >= maxMissed) return false
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
