import {
  type Category,
  DAY_MS,
  type Element,
  ELEMENTS,
  HOUR_MS,
  type Level,
  MINUTE_MS,
  type ReportFact,
  startOfLocalDayAt,
} from '@zhidu/domain'
import { type Random, sampleCategory, sampleChance, sampleGamma, sampleInteger, sampleItems } from '@zhidu/statistics'
import { LACKING_WEIGHTS, type UnitTruth } from '../city/truth.ts'

export type ReportQuality = Pick<UnitTruth, 'onTime' | 'late' | 'missing' | 'incomplete' | 'phonedOnTime' | 'slotMet'>

export interface EventOutline {
  readonly eventCode: string
  readonly unitCode: string
  readonly category: Category
  readonly level: Level
  readonly occurredAt: number
  readonly learnedAt: number
}

/** Minutes: the sample rules' limits, of which a unit is on time or not with a known probability. */
const WRITTEN_LIMIT: Readonly<Record<Level, number>> = { I: 35, II: 35, III: 60, IV: 120 }
const PHONE_LIMIT = 15
/** Hours from the first report to the final one. */
const FINAL_HOURS: Readonly<Record<Level, readonly [number, number]>> = {
  I: [36, 90],
  II: [24, 60],
  III: [12, 40],
  IV: [3, 22],
}
const SLOT_HOURS = [8, 17]
const GRACE_HOURS = 2
const RAISED: Readonly<Record<Level, Level>> = { IV: 'III', III: 'II', II: 'I', I: 'I' }
const LEVEL_RAISED_SHARE = 0.03

/** The elements that are known last. */
const HARD_ELEMENTS: readonly Element[] = ['cause', 'nature', 'casualties', 'scope', 'trend', 'next_steps', 'source']

/** Minutes of `limit` used by a report that is on time: mostly the later half, never more than all. */
function minutesInTime(random: Random, earliest: number, limit: number): number {
  const share = Math.max(random.unit(), random.unit())
  return Math.min(Math.round(earliest + share * (limit - earliest)), limit)
}

interface FirstReport {
  readonly phonedAt: number | null
  readonly writtenAt: number | null
}

function makeFirst(random: Random, event: EventOutline, quality: ReportQuality): FirstReport {
  const isGrave = event.level === 'I' || event.level === 'II'
  const clock = isGrave ? event.occurredAt : event.learnedAt
  const limit = WRITTEN_LIMIT[event.level]
  const learned = (event.learnedAt - clock) / MINUTE_MS
  const outcome = sampleCategory(random, { onTime: quality.onTime, late: quality.late, missing: quality.missing })
  // A grave event's report is never so early that it would stand for the call.
  const earliest = Math.max(learned + 2, isGrave ? PHONE_LIMIT + 1 : 8)
  const over = 1 + Math.floor(Math.min(sampleGamma(random, 1) * 50, 640))
  const written = outcome === 'onTime' ? minutesInTime(random, earliest, limit) : limit + over
  const writtenAt = outcome === 'missing' ? null : clock + written * MINUTE_MS
  if (!isGrave) {
    const calls = sampleChance(random, outcome === 'missing' ? 0.6 : 0.35)
    const after = sampleInteger(random, 1, outcome === 'missing' ? 40 : Math.max(1, Math.min(written, 20)))
    return { phonedAt: calls ? event.learnedAt + after * MINUTE_MS : null, writtenAt }
  }
  if (sampleChance(random, quality.phonedOnTime)) {
    return {
      phonedAt: clock + sampleInteger(random, Math.min(learned + 1, PHONE_LIMIT), PHONE_LIMIT) * MINUTE_MS,
      writtenAt,
    }
  }
  const isLateCall = sampleChance(random, 0.7)
  return { phonedAt: isLateCall ? clock + sampleInteger(random, PHONE_LIMIT + 1, 45) * MINUTE_MS : null, writtenAt }
}

/** The instants at which follow-ups are due, from two hours after the first report to the final one. */
function listSlots(firstAt: number, finalAt: number): number[] {
  const slots: number[] = []
  for (let day = startOfLocalDayAt(firstAt); day <= finalAt; day += DAY_MS) {
    for (const hour of SLOT_HOURS) {
      const slot = day + hour * HOUR_MS
      if (slot >= firstAt + GRACE_HOURS * HOUR_MS && slot <= finalAt) slots.push(slot)
    }
  }
  return slots
}

/** Instants of the follow-ups: one before each slot that is met, none between the others. Whole minutes, ascending. */
function makeFollowUpTimes(
  random: Random,
  event: EventOutline,
  quality: ReportQuality,
  firstAt: number,
  finalAt: number,
): number[] {
  if (event.level === 'IV') {
    const room = Math.floor((finalAt - firstAt) / MINUTE_MS) - 2
    return room > 60 && sampleChance(random, 0.3) ? [firstAt + sampleInteger(random, 30, room) * MINUTE_MS] : []
  }
  const times: number[] = []
  let previous = firstAt
  for (const slot of listSlots(firstAt, finalAt)) {
    if (slot !== finalAt && sampleChance(random, quality.slotMet)) {
      const room = Math.floor((slot - previous) / MINUTE_MS) - 1
      times.push(slot - sampleInteger(random, 0, Math.min(room, 75)) * MINUTE_MS)
    }
    previous = slot
  }
  return times
}

/**
 * The reports of one unit about one event, complete to the final one, in the order written. The unit's quality says
 * with which probability each obligation is met. occurred ≤ learned ≤ phoned, written.
 */
export function makeReports(random: Random, event: EventOutline, quality: ReportQuality): ReportFact[] {
  const { phonedAt, writtenAt } = makeFirst(random, event, quality)
  const first: ReportFact = { ...event, stage: 'first', sequence: 0, phonedAt, writtenAt, elements: [] }
  if (writtenAt === null) return [first]

  const [shortest, longest] = FINAL_HOURS[event.level]
  const ends = event.level !== 'IV' || sampleChance(random, 0.7)
  const finalAt = writtenAt + sampleInteger(random, shortest * 60, longest * 60) * MINUTE_MS
  const times = makeFollowUpTimes(random, event, quality, writtenAt, finalAt)

  const lackingCount = sampleChance(random, quality.incomplete) ? Number(sampleCategory(random, LACKING_WEIGHTS)) : 0
  const unknown = sampleItems(random, HARD_ELEMENTS, HARD_ELEMENTS.length)
  const lacking = new Set(unknown.slice(0, lackingCount))
  // What the first report did not know yet and a later one of the same day brings.
  const isSupplemented = [...times, ends ? finalAt : Infinity].some((at) => at <= writtenAt + DAY_MS)
  const brought = isSupplemented && sampleChance(random, 0.4) ? sampleInteger(random, 1, 2) : 0
  const later = new Set(unknown.slice(lackingCount, lackingCount + brought))

  const raisedFrom = sampleChance(random, LEVEL_RAISED_SHARE) ? sampleInteger(random, 0, 1) : Infinity
  const follow = (stage: 'follow_up' | 'final', sequence: number, at: number, place: number): ReportFact => ({
    ...event,
    stage,
    sequence,
    level: place >= raisedFrom ? RAISED[event.level] : event.level,
    phonedAt: null,
    writtenAt: at,
    elements: at <= writtenAt + DAY_MS ? ELEMENTS.filter((key) => !lacking.has(key)) : [...ELEMENTS],
  })
  const reports: ReportFact[] = [{ ...first, elements: ELEMENTS.filter((key) => !lacking.has(key) && !later.has(key)) }]
  for (const [index, at] of times.entries()) reports.push(follow('follow_up', index + 1, at, index))
  if (ends) reports.push(follow('final', 0, finalAt, times.length))
  return reports
}
