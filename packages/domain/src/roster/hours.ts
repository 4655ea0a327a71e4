import { DAY_MS, HOUR_MS, localDateOf, startOfLocalDayAt } from '../calendar/local-time.ts'
import type { PlainDate } from '../calendar/plain-date.ts'
import { ROSTER_ROLES, type RosterRole, type RosterShiftFact } from '../facts/facts.ts'
import { compareCodePoints } from '../league/code-point-order.ts'
import { clipSpans, lengthOf, mergeSpans, type Span } from '../calendar/span.ts'

/** Hours that count as night, local time: as night checks are planned, from 22:00 to 06:00. */
export const NIGHT_FROM_HOUR = 22
export const NIGHT_TO_HOUR = 6
/** More than this share of the mean of a role is listed as overload. Source: on-call reports list who bears 15 % more. */
export const OVERLOAD_RATIO = 1.15
/** Longest time without relief that is not marked; duty is changed once a day. */
export const MAX_CONSECUTIVE_MS = DAY_MS

/** What one person bears in one role within a period. Times in ms; a time that two shifts cover counts once. */
export interface PersonHours {
  readonly person: string
  readonly role: RosterRole
  readonly post: string | null
  readonly shiftCount: number
  readonly total: number
  readonly night: number
  /** On days off by law; of days in a year without a notice nothing is known, and they are left out. */
  readonly holiday: number
  readonly longest: number
  /** Against the mean of everybody of the role in the period; null = nobody to compare with. */
  readonly ofMean: number | null
  readonly isOverMean: boolean
  readonly isTooLong: boolean
  /** When the last shift within the period ends. Epoch ms. */
  readonly lastEndsAt: number
}

/** Every night that touches a window. */
function nightsOf({ from, to }: Span): Span[] {
  const first = startOfLocalDayAt(from) - DAY_MS
  const count = Math.ceil((to - first) / DAY_MS)
  return Array.from({ length: count }, (_, day) => ({
    from: first + day * DAY_MS + NIGHT_FROM_HOUR * HOUR_MS,
    to: first + (day + 1) * DAY_MS + NIGHT_TO_HOUR * HOUR_MS,
  }))
}

function nightIn(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + lengthOf(clipSpans(nightsOf(span), span)), 0)
}

function holidayIn(spans: readonly Span[], isHoliday: (date: PlainDate) => boolean): number {
  return spans.reduce((sum, span) => {
    const first = startOfLocalDayAt(span.from)
    const count = Math.ceil((span.to - first) / DAY_MS)
    const days = Array.from({ length: count }, (_, day) => first + day * DAY_MS)
    const off = days.filter((at) => isHoliday(localDateOf(at))).map((at) => ({ from: at, to: at + DAY_MS }))
    return sum + lengthOf(clipSpans(off, span))
  }, 0)
}

export interface HoursQuestion {
  readonly shifts: readonly RosterShiftFact[]
  readonly period: Span
  readonly isHoliday: (date: PlainDate) => boolean
}

function tabulateOne(shifts: readonly RosterShiftFact[], { isHoliday, period }: HoursQuestion) {
  const spans = shifts.map(({ endsAt, startsAt }) => ({ from: startsAt, to: endsAt }))
  const merged = mergeSpans(clipSpans(spans, period))
  return {
    shiftCount: shifts.length,
    total: lengthOf(merged),
    night: nightIn(merged),
    holiday: holidayIn(merged, isHoliday),
    longest: Math.max(...merged.map((span) => lengthOf([span]))),
    lastEndsAt: Math.max(...merged.map(({ to }) => to)),
  }
}

function meanOf(totals: readonly number[]): number | null {
  return totals.length < 2 ? null : totals.reduce((sum, each) => sum + each, 0) / totals.length
}

/**
 * Hours per person and role over a period: leaders first, most hours first, then by name. Whoever has no shift in the period has no
 * row: nobody says who could have been asked.
 */
export function tabulateHours(question: HoursQuestion): PersonHours[] {
  const { period, shifts } = question
  const within = shifts.filter(({ endsAt, startsAt }) => startsAt < period.to && endsAt > period.from)
  const groups = [...Map.groupBy(within, ({ person, role }) => `${role} ${person}`).values()].flatMap((own) =>
    own.slice(0, 1).map((first) => {
      const post = own.reduce<string | null>((known, one) => one.post ?? known, null)
      return { ...tabulateOne(own, question), first, post }
    }),
  )
  const meanFor = (role: RosterRole): number | null =>
    meanOf(groups.filter(({ first }) => first.role === role).map(({ total }) => total))
  const means = { leader: meanFor('leader'), officer: meanFor('officer') }
  return groups
    .map(({ first: { person, role }, ...sums }): PersonHours => {
      const mean = means[role]
      const ofMean = mean === null ? null : sums.total / mean
      const isOverMean = ofMean !== null && ofMean > OVERLOAD_RATIO
      return { ...sums, person, role, ofMean, isOverMean, isTooLong: sums.longest > MAX_CONSECUTIVE_MS }
    })
    .toSorted(
      (a, b) =>
        ROSTER_ROLES.indexOf(a.role) - ROSTER_ROLES.indexOf(b.role) ||
        b.total - a.total ||
        compareCodePoints(a.person, b.person),
    )
}

/**
 * Whose turn it is: least hours first, then least night hours, then whose last duty is longest ago, then by name. Always the same
 * for the same rosters.
 */
export function rankForRotation(hours: readonly PersonHours[], role: RosterRole): PersonHours[] {
  return hours
    .filter((one) => one.role === role)
    .toSorted(
      (a, b) =>
        a.total - b.total || a.night - b.night || a.lastEndsAt - b.lastEndsAt || compareCodePoints(a.person, b.person),
    )
}
