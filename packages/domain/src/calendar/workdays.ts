import type { HolidayBlock } from '../regulation/regulation.ts'
import { addDays, type PlainDate, weekdayOf } from './plain-date.ts'

/** `not_announced`: the notice of the day's year is not out, and nobody can say. */
export type DayState = 'workday' | 'rest' | 'not_announced'

function isWeekend(date: PlainDate): boolean {
  return weekdayOf(date) > 4
}

/** True when the notice of a year is out: one of its blocks is known. */
export function isYearAnnounced(year: number, holidays: readonly HolidayBlock[]): boolean {
  return holidays.some((block) => block.year === year)
}

/** What the notices make of a day. A block that begins or ends in a neighbouring year speaks for its own days. */
export function dayStateOf(date: PlainDate, holidays: readonly HolidayBlock[]): DayState {
  for (const block of holidays) {
    if (block.firstDayOff <= date && date <= block.lastDayOff) return 'rest'
    if (block.makeupWorkdays.includes(date)) return 'workday'
  }
  if (!isYearAnnounced(Number(date.slice(0, 4)), holidays)) return 'not_announced'
  return isWeekend(date) ? 'rest' : 'workday'
}

/**
 * The day itself when it is a workday, else the last workday before it. Days of a year that is not announced go by the
 * week alone; ask `dayStateOf` to say so.
 */
export function previousWorkday(date: PlainDate, holidays: readonly HolidayBlock[]): PlainDate {
  let day = date
  for (;;) {
    const state = dayStateOf(day, holidays)
    if (state === 'workday' || (state === 'not_announced' && !isWeekend(day))) return day
    day = addDays(day, -1)
  }
}
