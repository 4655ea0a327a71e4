import type { RosterDay, RosterPage, RosterShiftItem } from '@zhidu/contract'
import {
  addDays,
  localDateOf,
  monthOf,
  type PlannedShift,
  type RosterShiftFact,
  shiftMonth,
  toPlainDate,
  weekdayOf,
  type PlainDate,
} from '@zhidu/domain'

export const VIEWS = ['month', 'week'] as const
export type RosterViewKind = (typeof VIEWS)[number]

export interface ShownSpan {
  readonly from: PlainDate
  readonly to: PlainDate
}

/** First and last day that a view of a day shows. */
export function spanOf(day: PlainDate, view: RosterViewKind): ShownSpan {
  if (view === 'week') {
    const from = addDays(day, -weekdayOf(day))
    return { from, to: addDays(from, 6) }
  }
  const from = toPlainDate(`${monthOf(day)}-01`)
  return { from, to: addDays(toPlainDate(`${shiftMonth(monthOf(day), 1)}-01`), -1) }
}

/** A day of the neighbouring span. */
export function stepFrom(day: PlainDate, view: RosterViewKind, by: 1 | -1): PlainDate {
  return view === 'week' ? addDays(day, 7 * by) : toPlainDate(`${shiftMonth(monthOf(day), by)}-01`)
}

export interface CalendarCell {
  readonly day: RosterDay
  readonly leaders: readonly RosterShiftItem[]
  readonly officers: readonly RosterShiftItem[]
  /** Of what is needed at some time of the day. */
  readonly gaps: readonly RosterPage['gaps'][number]['need'][]
}

function beginsOn(shift: RosterShiftItem, date: string): boolean {
  return shift.startsAt.slice(0, 10) === date
}

/** Weeks of seven places from Monday on; null = a day that is not shown. A shift stands on the day it begins, or on the first shown. */
export function toWeeks({ days, gaps, shifts }: RosterPage): (CalendarCell | null)[][] {
  const [first] = days
  const cells = days.map((day): CalendarCell => {
    const own = shifts.filter((one) =>
      day === first ? one.startsAt.slice(0, 10) <= day.date : beginsOn(one, day.date),
    )
    const next = addDays(toPlainDate(day.date), 1)
    const open = gaps.filter(({ from, to }) => from < `${next}T00:00:00+08:00` && to > `${day.date}T00:00:00+08:00`)
    return {
      day,
      leaders: own.filter(({ role }) => role === 'leader'),
      officers: own.filter(({ role }) => role === 'officer'),
      gaps: [...new Set(open.map(({ need }) => need))],
    }
  })
  const lead = first === undefined ? 0 : weekdayOf(toPlainDate(first.date))
  const padded: (CalendarCell | null)[] = [...Array.from({ length: lead }, () => null), ...cells]
  const count = Math.ceil(padded.length / 7)
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (__, at) => padded[week * 7 + at] ?? null),
  )
}

const NIGHT_FROM = 22
const NIGHT_TO = 6

/** True for a shift that reaches into the night. */
export function isAtNight({ endsAt, startsAt }: RosterShiftItem): boolean {
  const starts = Number(startsAt.slice(11, 13))
  const [first, last] = [localDateOf(Date.parse(startsAt)), localDateOf(Date.parse(endsAt) - 1)]
  return starts >= NIGHT_FROM || starts < NIGHT_TO || first !== last || Number(endsAt.slice(11, 13)) > NIGHT_FROM
}

export function toFact(unitCode: string, shift: RosterShiftItem): RosterShiftFact {
  const { endsAt, person, phone, post, role, startsAt } = shift
  return { unitCode, role, person, post, phone, startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) }
}

/** `HH:MM` beside a date; `isNext` = of the day after, `day` = of any other, `MM-DD`. */
export function timeOn(at: string, date: PlainDate): { time: string; isNext: boolean; day: string | null } {
  const [day, time] = [at.slice(0, 10), at.slice(11, 16)]
  const isNext = day === addDays(date, 1)
  return { time, isNext, day: day === date || isNext ? null : day.slice(5) }
}

/** `2026-12-07T08:00` as the offices' local time; null = no such instant. */
export function toInstantText(local: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return null
  const text = `${local.length === 16 ? `${local}:00` : local}+08:00`
  return Number.isNaN(Date.parse(text)) ? null : text
}

/** One person a line: name, post and telephone parted by spaces, tabs or commas; null = a line that holds no name. */
export function toPeople(text: string): Pick<PlannedShift, 'person' | 'post' | 'phone'>[] {
  return text
    .split('\n')
    .map((line) => line.split(/[\s,\uff0c\u3001]+/).filter((part) => part !== ''))
    .flatMap(([person, ...rest]) => {
      if (person === undefined) return []
      const phone = rest.find((part) => /^\+?\d[\d-]{4,}$/.test(part)) ?? null
      return [{ person, phone, post: rest.find((part) => part !== phone) ?? null }]
    })
}
