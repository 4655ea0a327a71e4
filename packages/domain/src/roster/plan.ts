import { DAY_MS, HOUR_MS, localDateOf, startOfLocalDay } from '../calendar/local-time.ts'
import { addDays, type PlainDate, toPlainDate, weekdayOf } from '../calendar/plain-date.ts'
import { MAX_SHIFT_DAYS, type RosterRole, type RosterShiftFact } from '../facts/facts.ts'
import type { Span } from '../calendar/span.ts'

export type PlannedShift = Omit<RosterShiftFact, 'unitCode'>
export type ShiftPerson = Pick<RosterShiftFact, 'person' | 'post' | 'phone'>

/** Hours that divide a day or are whole days, so that shifts change at the same times. */
export const SHIFT_HOURS = [4, 6, 8, 12, 24, 48, 72, 168] as const
export type ShiftHours = (typeof SHIFT_HOURS)[number]
/** At once, by one act. */
export const MAX_PLANNED = 400

export interface Rotation {
  readonly role: RosterRole
  /** In their turn. */
  readonly people: readonly ShiftPerson[]
  readonly period: Span
  readonly hours: ShiftHours
}

/** One person a shift, in turn, from the start of the period on; the last shift ends with it. */
export function buildRotation({ hours, people, period, role }: Rotation): PlannedShift[] {
  if (people.length === 0) return []
  const count = Math.ceil((period.to - period.from) / (hours * HOUR_MS))
  return Array.from({ length: Math.max(0, count) }, (_, turn) => turn).flatMap((turn): PlannedShift[] => {
    const startsAt = period.from + turn * hours * HOUR_MS
    const endsAt = Math.min(startsAt + hours * HOUR_MS, period.to)
    const whose = turn % people.length
    return people.slice(whose, whose + 1).map((person) => ({ ...person, role, startsAt, endsAt }))
  })
}

/** `2026-12`. */
export type Month = string & { readonly __month: never }

export function monthOf(date: PlainDate): Month {
  // Safe: so a month is written.
  return date.slice(0, 7) as Month
}

function firstDayOf(month: Month): PlainDate {
  return toPlainDate(`${month}-01`)
}

export function shiftMonth(month: Month, by: 1 | -1): Month {
  const first = firstDayOf(month)
  return monthOf(by === 1 ? addDays(first, 31) : addDays(first, -1))
}

export function monthSpan(month: Month): Span {
  return { from: startOfLocalDay(firstDayOf(month)), to: startOfLocalDay(firstDayOf(shiftMonth(month, 1))) }
}

/** `day`: the 5th follows the 5th. `weekday`: the second Monday follows the second Monday. */
export const COPY_WAYS = ['day', 'weekday'] as const
export type CopyWay = (typeof COPY_WAYS)[number]

/** The day of the month after that follows a day; null = that month has none. */
function dayAfterMonth(date: PlainDate, way: CopyWay): PlainDate | null {
  const next = shiftMonth(monthOf(date), 1)
  const day = Number(date.slice(8))
  if (way === 'day') {
    const same = addDays(firstDayOf(next), day - 1)
    return monthOf(same) === next ? same : null
  }
  const first = firstDayOf(next)
  const week = Math.floor((day - 1) / 7)
  const same = addDays(first, ((weekdayOf(date) - weekdayOf(first) + 7) % 7) + week * 7)
  return monthOf(same) === next ? same : null
}

/** The shifts that begin in a month, moved to the next one; what has no day there is left out, and its day stays a gap to be seen. */
export function copyMonth(shifts: readonly RosterShiftFact[], month: Month, way: CopyWay): PlannedShift[] {
  const { from, to } = monthSpan(month)
  return shifts.flatMap(({ endsAt, person, phone, post, role, startsAt }): PlannedShift[] => {
    if (startsAt < from || startsAt >= to) return []
    const on = localDateOf(startsAt)
    const day = dayAfterMonth(on, way)
    if (day === null) return []
    const moved = startOfLocalDay(day) - startOfLocalDay(on)
    return [{ role, person, post, phone, startsAt: startsAt + moved, endsAt: endsAt + moved }]
  })
}

export type PlanRefusal = 'empty' | 'too_many' | 'begun' | 'too_long' | 'twice'

function overlaps(one: PlannedShift, other: PlannedShift): boolean {
  return (
    one.role === other.role && one.person === other.person && one.startsAt < other.endsAt && other.startsAt < one.endsAt
  )
}

function standsTwice(planned: readonly PlannedShift[], present: readonly PlannedShift[]): boolean {
  const all = [...planned, ...present].map((shift, at) => ({ shift, at, isNew: at < planned.length }))
  return [...Map.groupBy(all, ({ shift }) => shift.person).values()].some((own) =>
    own.some((one) => one.isNew && own.some((other) => other.at !== one.at && overlaps(one.shift, other.shift))),
  )
}

/**
 * Why shifts may not be put on a roster at `now`; null = they may. What has begun is past: only a replacement changes it. A name stands
 * once in a role at one time.
 */
export function refusesPlan(
  planned: readonly PlannedShift[],
  present: readonly PlannedShift[],
  now: number,
): PlanRefusal | null {
  if (planned.length === 0) return 'empty'
  if (planned.length > MAX_PLANNED) return 'too_many'
  if (planned.some(({ startsAt }) => startsAt <= now)) return 'begun'
  if (planned.some(({ endsAt, startsAt }) => endsAt <= startsAt || endsAt - startsAt > MAX_SHIFT_DAYS * DAY_MS)) {
    return 'too_long'
  }
  return standsTwice(planned, present) ? 'twice' : null
}
