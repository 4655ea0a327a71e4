import { addDays, isPlainDate, type PlainDate, weekdayOf } from '../calendar/plain-date.ts'
import type { HolidayBlock } from '../regulation/regulation.ts'

const WEEKDAYS = '一二三四五六日'
const WEEKDAY = /(?:星期|周|礼拜)([日天一二三四五六])/
/** With a year, with a month, or a day of the month alone. */
const DATES = [
  /(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?![\d:])\s*[日号]?/,
  /(?<![\d.])()(\d{1,2})\s*[月./-]\s*(\d{1,2})(?![\d:])\s*[日号]?/,
  /(?<!\d)()()(\d{1,2})\s*[日号]/,
] as const

/** What a cell says of a day. `weekday_differs`: it is read, but the day of the week beside it is another. */
export interface ReadDay {
  readonly day: PlainDate | null
  readonly problem: 'day_unreadable' | 'weekday_differs' | null
}

function toText(year: number, month: number, day: number): string {
  return [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-')
}

/** The year in which a month and a day lie within or next to the block. */
function nearest(block: HolidayBlock, month: number, day: number): PlainDate | null {
  const years = [...new Set([block.firstDayOff, block.lastDayOff].map((one) => Number(one.slice(0, 4))))]
  const dates = years.map((year) => toText(year, month, day)).filter(isPlainDate)
  return dates.find((date) => block.firstDayOff <= date && date <= block.lastDayOff) ?? dates[0] ?? null
}

function monthsOf({ firstDayOff, lastDayOff }: HolidayBlock): number[] {
  return [firstDayOff, lastDayOff].map((one) => Number(one.slice(5, 7)))
}

/** A place in a text at which a date stands. `month` of the date before it is what a bare day goes by. */
export interface FoundDay {
  readonly day: PlainDate | null
  readonly index: number
  readonly length: number
}

/** The first date in a text; null = none. A date that does not exist is found and has no day. */
export function findDay(text: string, block: HolidayBlock, before: PlainDate | null = null): FoundDay | null {
  for (const pattern of DATES) {
    const match = pattern.exec(text)
    if (match === null) continue
    const [whole, year = '', month = '', day = ''] = match
    const place = { index: match.index, length: whole.length }
    if (year !== '') {
      const date = toText(Number(year), Number(month), Number(day))
      return { ...place, day: isPlainDate(date) ? date : null }
    }
    if (month !== '') return { ...place, day: nearest(block, Number(month), Number(day)) }
    const months = before === null ? monthsOf(block) : [Number(before.slice(5, 7)), ...monthsOf(block)]
    const dates = months.map((one) => nearest(block, one, Number(day))).filter((date) => date !== null)
    const inside = dates.find((date) => block.firstDayOff <= date && date <= block.lastDayOff)
    return { ...place, day: inside ?? dates[0] ?? null }
  }
  return null
}

function findWeekday(text: string): number | null {
  const [, word] = WEEKDAY.exec(text) ?? []
  if (word === undefined) return null
  return WEEKDAYS.indexOf(word === '天' ? '日' : word)
}

/** The day of a weekday within the block, when there is one alone. */
function onlyDayOf(weekday: number, block: HolidayBlock): PlainDate | null {
  const days: PlainDate[] = []
  for (let day = block.firstDayOff; day <= block.lastDayOff; day = addDays(day, 1)) {
    if (weekdayOf(day) === weekday) days.push(day)
  }
  const [first = null] = days
  return days.length === 1 ? first : null
}

/**
 * A day as offices write it: 2026年10月1日, 2026-10-01, 2026/10/1, 10月1日, 10.1, 1日, 星期四 within a short block, or several of these. A year that
 * is not written is that of the block.
 */
export function readDay(text: string, block: HolidayBlock): ReadDay {
  const plain = text.normalize('NFKC')
  const weekday = findWeekday(plain)
  const found = findDay(plain, block)
  if (found === null) {
    const day = weekday === null ? null : onlyDayOf(weekday, block)
    return { day, problem: day === null ? 'day_unreadable' : null }
  }
  if (found.day === null) return { day: null, problem: 'day_unreadable' }
  const isOther = weekday !== null && weekday !== weekdayOf(found.day)
  return { day: found.day, problem: isOther ? 'weekday_differs' : null }
}

const CLOCKS = [/(\d{1,2})\s*:\s*(\d{2})/, /(\d{1,2})\s*[时点]\s*(?:(\d{1,2})\s*分?|(半))?/] as const

/** `HH:MM` of 8时, 8时30分, 8点半, 8:30, 24:00 as 23:59; null = none. */
export function readClock(text: string): string | null {
  const plain = text.normalize('NFKC')
  for (const pattern of CLOCKS) {
    const match = pattern.exec(plain)
    if (match === null) continue
    const [, hour = '', minute, half] = match
    const minutes = half === undefined ? Number(minute ?? '0') : 30
    if (Number(hour) === 24 && minutes === 0) return '23:59'
    if (Number(hour) > 23 || minutes > 59) return null
    return `${hour.padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
  }
  return null
}
