import { DAY_MS, fromIso, MINUTE_MS, startOfLocalDay } from '../calendar/local-time.ts'
import { addDays, type PlainDate } from '../calendar/plain-date.ts'
import type { Span } from '../calendar/span.ts'
import { ROSTER_ROLES, type RosterShiftFact } from '../facts/facts.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'

/** 在岗, 在本地, 外出. */
export const STAYS = ['on_duty', 'local', 'away'] as const
export type Stay = (typeof STAYS)[number]

/** One row of 附件1 去向表. `from`, `to`: local time `YYYY-MM-DDTHH:MM`; null = not said. */
export interface WhereaboutsRow {
  readonly name: string
  readonly post: string
  readonly stay: Stay
  readonly from: string | null
  readonly to: string | null
  readonly place: string
}

/**
 * One row of 附件2 值班安排表. `from`, `to`: `HH:MM` of a part of the duty day; both null = all of it. An empty name = the row is
 * about the other role alone.
 */
export interface RosterRow {
  readonly day: PlainDate | null
  readonly from: string | null
  readonly to: string | null
  readonly leaderName: string
  readonly leaderPost: string
  readonly leaderPhone: string
  readonly officerName: string
  readonly officerPhone: string
  readonly note: string
}

interface Filled {
  readonly filledBy: string
  /** Of who filled it in. */
  readonly phone: string
}

export interface WhereaboutsContent extends Filled {
  readonly form: 'whereabouts'
  readonly rows: readonly WhereaboutsRow[]
}

export interface RosterContent extends Filled {
  readonly form: 'roster'
  readonly dutyPhone: string
  readonly fax: string
  /** `HH:MM` at which the day's shift begins; it ends at the same hour of the next day. */
  readonly changesAt: string
  readonly rows: readonly RosterRow[]
}

export type HolidayContent = WhereaboutsContent | RosterContent

/** Of both forms: more have never been seen on one. */
export const MAX_FORM_ROWS = 200
/** The hour at which the roster's example changes shifts; a unit says its own. */
export const USUAL_CHANGE = '08:00'

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/
const LOCAL_MINUTE = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/

export function isClockText(text: string): boolean {
  return CLOCK.test(text)
}

/** Minutes after 00:00 of `HH:MM`. */
function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}

/** Epoch ms of `YYYY-MM-DDTHH:MM`, local time; null for anything else. */
export function fromLocalMinute(text: string): number | null {
  if (!LOCAL_MINUTE.test(text)) return null
  const at = fromIso(`${text}:00+08:00`)
  return Number.isFinite(at) ? at : null
}

/** The days of a block, first to last. */
export function daysOfBlock({
  firstDayOff,
  lastDayOff,
}: Pick<HolidayBlock, 'firstDayOff' | 'lastDayOff'>): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = firstDayOff; day <= lastDayOff; day = addDays(day, 1)) days.push(day)
  return days
}

/** The duty day of a date: from the change of shifts to the next. */
export function dutyDayOf(day: PlainDate, changesAt: string): Span {
  const from = startOfLocalDay(day) + minutesOf(changesAt) * MINUTE_MS
  return { from, to: from + DAY_MS }
}

/** When a row's people are on duty; null = its day or its hours cannot be read. */
export function rowSpan(row: RosterRow, changesAt: string): Span | null {
  if (row.day === null || !isClockText(changesAt)) return null
  const whole = dutyDayOf(row.day, changesAt)
  if (row.from === null && row.to === null) return whole
  if (row.from === null || row.to === null || !isClockText(row.from) || !isClockText(row.to)) return null
  const start = startOfLocalDay(row.day)
  const begins = start + minutesOf(row.from) * MINUTE_MS
  // What begins before the change belongs to the night that ends then.
  const from = begins < whole.from ? begins + DAY_MS : begins
  const ends = start + minutesOf(row.to) * MINUTE_MS
  // The first time after the start at which the clock says so.
  const to = ends + (Math.floor((from - ends) / DAY_MS) + 1) * DAY_MS
  return to > whole.to ? null : { from, to }
}

/** The shifts a roster's rows say, each once; rows whose span cannot be read give none. */
export function toShifts(content: RosterContent, unitCode: string): RosterShiftFact[] {
  const shifts = new Map<string, RosterShiftFact>()
  const add = (shift: RosterShiftFact): void => {
    shifts.set(`${shift.role}/${shift.startsAt}/${shift.person}`, shift)
  }
  for (const row of content.rows) {
    const span = rowSpan(row, content.changesAt)
    if (span === null) continue
    const about = { unitCode, startsAt: span.from, endsAt: span.to }
    const { leaderName, leaderPhone, leaderPost, officerName, officerPhone } = row
    if (leaderName !== '') {
      add({ ...about, role: 'leader', person: leaderName, post: leaderPost || null, phone: leaderPhone || null })
    }
    if (officerName !== '') {
      add({ ...about, role: 'officer', person: officerName, post: null, phone: officerPhone || null })
    }
  }
  return [...shifts.values()].sort(
    (a, b) =>
      ROSTER_ROLES.indexOf(a.role) - ROSTER_ROLES.indexOf(b.role) ||
      a.startsAt - b.startsAt ||
      (a.person < b.person ? -1 : 1),
  )
}

/** An empty form for a block: a row a day, or one row. */
export function emptyContent(form: HolidayContent['form'], block: HolidayBlock): HolidayContent {
  const filled = { filledBy: '', phone: '' }
  if (form === 'whereabouts') return { form, ...filled, rows: [emptyWhereabouts()] }
  const rows = daysOfBlock(block).map((day) => ({ ...emptyRosterRow(), day }))
  return { form, ...filled, dutyPhone: '', fax: '', changesAt: USUAL_CHANGE, rows }
}

export function emptyWhereabouts(): WhereaboutsRow {
  return { name: '', post: '', stay: 'local', from: null, to: null, place: '' }
}

export function emptyRosterRow(): RosterRow {
  return {
    day: null,
    from: null,
    to: null,
    leaderName: '',
    leaderPost: '',
    leaderPhone: '',
    officerName: '',
    officerPhone: '',
    note: '',
  }
}

/**
 * The form of another holiday taken over for this one: the same people, row by row, on the days of this block; times of
 * whereabouts are left to be said anew.
 */
export function carryOver(content: HolidayContent, block: HolidayBlock): HolidayContent {
  if (content.form === 'whereabouts') {
    return { ...content, rows: content.rows.map((row) => ({ ...row, from: null, to: null })) }
  }
  const byDay = [...Map.groupBy(content.rows, ({ day }) => day).values()]
  const rows = daysOfBlock(block).flatMap((day, index) => {
    const source = byDay[index % Math.max(byDay.length, 1)] ?? [emptyRosterRow()]
    return source.map((row) => ({ ...row, day }))
  })
  return { ...content, rows }
}
